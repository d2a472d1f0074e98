// The compiled form of a schema; for the files schema_*.cpp only.
#pragma once

#include <cstdint>
#include <limits>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <re2/re2.h>

#include "libs/core/json.hpp"

namespace histologe::http {

enum SchemaType : std::uint8_t {
    kNull = 1,
    kBoolean = 2,
    kInteger = 4,
    kNumber = 8,
    kString = 16,
    kArray = 32,
    kObject = 64,
};

enum class SchemaFormat { None, Date, DateTime, Time, Email, Uuid, Uri, Int32, Int64 };

inline constexpr std::size_t kUnbounded = std::numeric_limits<std::size_t>::max();

struct SchemaNode {
    bool isNever = false;  // the schema `false`
    const SchemaNode* reference = nullptr;
    std::uint8_t types = 0;  // 0: any

    std::optional<core::Json> constant;
    std::vector<core::Json> values;

    std::size_t minLength = 0;
    std::size_t maxLength = kUnbounded;
    std::unique_ptr<RE2> pattern;
    SchemaFormat format = SchemaFormat::None;

    std::optional<double> minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf;

    const SchemaNode* items = nullptr;
    std::vector<const SchemaNode*> prefixItems;
    const SchemaNode* contains = nullptr;
    std::size_t minItems = 0;
    std::size_t maxItems = kUnbounded;
    bool hasUniqueItems = false;

    std::map<std::string, const SchemaNode*, std::less<>> properties;
    std::vector<std::pair<std::unique_ptr<RE2>, const SchemaNode*>> patternProperties;
    const SchemaNode* additionalProperties = nullptr;
    const SchemaNode* propertyNames = nullptr;
    std::vector<std::string> required;
    std::map<std::string, std::vector<std::string>> dependentRequired;
    std::size_t minProperties = 0;
    std::size_t maxProperties = kUnbounded;

    std::vector<const SchemaNode*> allOf, anyOf, oneOf;
    std::string discriminator;                          // property that says which of oneOf or anyOf applies
    std::map<std::string, const SchemaNode*> branches;  // by its value
    const SchemaNode* negated = nullptr;
    const SchemaNode* condition = nullptr;
    const SchemaNode* consequence = nullptr;
    const SchemaNode* alternative = nullptr;
};

// The SchemaType of a value; an integer is both integer and number, and 3.0 is an integer too.
std::uint8_t schemaTypesOf(const core::Json& value) noexcept;

bool matchesFormat(SchemaFormat format, const core::Json& value);

}  // namespace histologe::http
