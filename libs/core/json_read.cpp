// Reading: simdjson takes what is well-formed, some five times faster than the exact reader, which is asked for everything
// else and finds the words for what is wrong.
#include <simdjson.h>

#include <vector>

#include "libs/core/error.hpp"
#include "libs/core/json.hpp"

namespace histologe::core {
namespace {

namespace dom = simdjson::dom;

Error malformed(const std::string& detail) {
    return Error(ErrorKind::InvalidInput, "json_malforme", "Le corps de la requête n'est pas un JSON valide.", {}, detail);
}

Error repeated(const std::string& key) {
    return Error(ErrorKind::InvalidInput, "json_cle_repetee", "Le corps de la requête contient deux fois la même clé.",
                 {{key, "cle_repetee", "Cette clé est présente deux fois."}});
}

Error tooDeep() {
    return Error(ErrorKind::InvalidInput, "json_trop_profond",
                 "Le corps de la requête est imbriqué trop profondément.");
}

// Builds the document as the parser reads it, with a stack of our own that knows how deep it is.
class Builder final : public nlohmann::json_sax<Json> {
  public:
    Builder(Json& root, std::size_t maxDepth) : root_(root), maxDepth_(maxDepth) { stack_.reserve(16); }

    bool null() override { return put(nullptr); }
    bool boolean(bool value) override { return put(value); }
    bool number_integer(number_integer_t value) override { return put(value); }
    bool number_unsigned(number_unsigned_t value) override { return put(value); }
    bool number_float(number_float_t value, const string_t&) override { return put(value); }
    bool string(string_t& value) override { return put(std::move(value)); }
    bool binary(binary_t&) override { return false; }
    bool start_object(std::size_t) override { return open(Json::object()); }
    bool start_array(std::size_t) override { return open(Json::array()); }
    bool end_object() override { return close(); }
    bool end_array() override { return close(); }

    bool key(string_t& name) override {
        auto& object = stack_.back()->get_ref<Json::object_t&>();
        auto [place, isNew] = object.try_emplace(std::move(name));
        if (!isNew) throw repeated(place->first);
        slot_ = &place->second;
        return true;
    }

    bool parse_error(std::size_t, const std::string&, const nlohmann::detail::exception& error) override {
        throw malformed(error.what());
    }

  private:
    template <typename Value>
    Json* place(Value&& value) {
        if (slot_ != nullptr) {
            *slot_ = std::forward<Value>(value);
            return std::exchange(slot_, nullptr);
        }
        if (stack_.empty()) {
            root_ = std::forward<Value>(value);
            return &root_;
        }
        auto& array = stack_.back()->get_ref<Json::array_t&>();
        return &array.emplace_back(std::forward<Value>(value));
    }

    template <typename Value>
    bool put(Value&& value) {
        place(std::forward<Value>(value));
        return true;
    }

    bool open(Json container) {
        if (stack_.size() >= maxDepth_) throw tooDeep();
        stack_.push_back(place(std::move(container)));
        return true;
    }

    bool close() {
        stack_.pop_back();
        return true;
    }

    Json& root_;
    std::size_t maxDepth_;
    std::vector<Json*> stack_;
    Json* slot_ = nullptr;
};

Json readExactly(std::string_view text, std::size_t maxDepth) {
    Json document;
    Builder builder(document, maxDepth);
    try {
        if (!Json::sax_parse(text, &builder)) throw malformed("refused");
    } catch (const nlohmann::detail::exception& error) {
        throw malformed(error.what());
    }
    return document;
}

// Fills `place` with what was read; recursion ends with `depth`.
void build(const dom::element& read, Json& place, std::size_t depth) {
    switch (read.type()) {
        case dom::element_type::OBJECT: {
            if (depth == 0) throw tooDeep();
            place = Json::object();
            auto& object = place.get_ref<Json::object_t&>();
            for (const auto& [key, value] : dom::object(read)) {
                const auto [at, isNew] = object.try_emplace(std::string(key));
                if (!isNew) throw repeated(at->first);
                build(value, at->second, depth - 1);
            }
            break;
        }
        case dom::element_type::ARRAY: {
            if (depth == 0) throw tooDeep();
            place = Json::array();
            const dom::array elements(read);
            auto& array = place.get_ref<Json::array_t&>();
            array.reserve(elements.size());
            for (const auto& element : elements) build(element, array.emplace_back(), depth - 1);
            break;
        }
        case dom::element_type::STRING:
            place = std::string_view(read);
            break;
        case dom::element_type::INT64:
            // Not negative is unsigned, as the exact reader has it.
            if (const std::int64_t value = read; value < 0) {
                place = value;
            } else {
                place = static_cast<std::uint64_t>(value);
            }
            break;
        case dom::element_type::UINT64:
            place = std::uint64_t(read);
            break;
        case dom::element_type::DOUBLE:
            place = double(read);
            break;
        case dom::element_type::BOOL:
            place = bool(read);
            break;
        case dom::element_type::NULL_VALUE:
            break;
    }
}

}  // namespace

Json parseJson(std::string_view text, std::size_t maxDepth) {
    // Made for each document: kept by every thread, its memory would come to megabytes in a service at rest.
    dom::parser parser;
    dom::element root;
    if (parser.parse(text.data(), text.size()).get(root) != simdjson::SUCCESS) return readExactly(text, maxDepth);
    Json document;
    build(root, document, maxDepth);
    return document;
}

}  // namespace histologe::core
