#include "libs/core/json.hpp"

#include <vector>

#include "libs/core/error.hpp"

namespace histologe::core {
namespace {

Error malformed(const std::string& detail) {
    return Error(ErrorKind::InvalidInput, "json_malforme", "Le corps de la requête n'est pas un JSON valide.", {}, detail);
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
        if (!isNew) {
            throw Error(ErrorKind::InvalidInput, "json_cle_repetee",
                        "Le corps de la requête contient deux fois la même clé.",
                        {{place->first, "cle_repetee", "Cette clé est présente deux fois."}});
        }
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
        if (stack_.size() >= maxDepth_) {
            throw Error(ErrorKind::InvalidInput, "json_trop_profond",
                        "Le corps de la requête est imbriqué trop profondément.");
        }
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

}  // namespace

Json parseJson(std::string_view text, std::size_t maxDepth) {
    Json document;
    Builder builder(document, maxDepth);
    try {
        if (!Json::sax_parse(text, &builder)) throw malformed("refused");
    } catch (const nlohmann::detail::exception& error) {
        throw malformed(error.what());
    }
    return document;
}

std::string dumpJson(const Json& document) {
    return document.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace histologe::core
