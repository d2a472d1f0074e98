// What people read when a value breaks its schema: French, short, without jargon.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "libs/core/json.hpp"
#include "libs/http/schema_node.hpp"

namespace histologe::http::texts {

std::string required();
std::string requiredWith(const std::string& other);
std::string wrongType(std::uint8_t expected);
std::string notAmong(const std::vector<core::Json>& values);
std::string tooShort(std::size_t smallest);
std::string tooLong(std::size_t largest);
std::string wrongPattern();
std::string wrongFormat(SchemaFormat format);
std::string tooSmall(double bound, bool isExcluded);
std::string tooLarge(double bound, bool isExcluded);
std::string notMultiple(double step);
std::string tooFewItems(std::size_t smallest);
std::string tooManyItems(std::size_t largest);
std::string repeatedItem();
std::string missingItem();
std::string tooFewFields(std::size_t smallest);
std::string tooManyFields(std::size_t largest);
std::string unknownField();
std::string unknownShape();
std::string forbidden();

}  // namespace histologe::http::texts
