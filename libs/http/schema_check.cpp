#include <algorithm>
#include <charconv>
#include <cmath>
#include <stdexcept>

#include "libs/core/text.hpp"
#include "libs/http/schema.hpp"
#include "libs/http/schema_node.hpp"
#include "libs/http/schema_texts.hpp"

namespace histologe::http {

using core::Json;
using core::Violation;

namespace {

// References that lead to themselves without consuming anything would never end.
constexpr int kMaxDepth = 400;

// One walk over one document.
class Checker {
  public:
    Checker(std::string root, std::vector<Violation>& violations) : path_(std::move(root)), violations_(violations) {}

    void check(const SchemaNode& node, const Json& value) {
        if (++depth_ > kMaxDepth) throw std::runtime_error("schema: references that lead nowhere");
        if (node.isNever) report("interdit", texts::forbidden());
        if (node.reference != nullptr) check(*node.reference, value);
        const bool isOfType = node.types == 0 || (schemaTypesOf(value) & node.types) != 0;
        if (!isOfType) {
            report("type_incorrect", texts::wrongType(node.types));
        } else {
            checkValue(node, value);
            checkCombinations(node, value);
        }
        --depth_;
    }

  private:
    void report(const char* code, std::string message) {
        if (violations_.size() < Schema::kMaxViolations) violations_.push_back({path_, code, std::move(message)});
    }

    // Works one level deeper, then comes back.
    template <typename Work>
    void within(std::string_view step, Work work) {
        const auto size = path_.size();
        if (!path_.empty()) path_ += '.';
        path_ += step;
        work();
        path_.resize(size);
    }

    std::vector<Violation> attempt(const SchemaNode& node, const Json& value) {
        std::vector<Violation> found;
        Checker checker(path_, found);
        checker.depth_ = depth_;
        checker.check(node, value);
        return found;
    }

    void checkValue(const SchemaNode& node, const Json& value) {
        if (node.constant && value != *node.constant) report("valeur_non_admise", texts::notAmong({*node.constant}));
        if (!node.values.empty() && std::find(node.values.begin(), node.values.end(), value) == node.values.end()) {
            report("valeur_non_admise", texts::notAmong(node.values));
        }
        if (const auto* text = value.get_ptr<const std::string*>()) {
            checkText(node, *text);
        } else if (value.is_number()) {
            checkNumber(node, value);
        } else if (value.is_array()) {
            checkArray(node, value);
        } else if (value.is_object()) {
            checkObject(node, value);
        }
        if (node.format != SchemaFormat::None && !matchesFormat(node.format, value)) {
            report("format_incorrect", texts::wrongFormat(node.format));
        }
    }

    void checkText(const SchemaNode& node, const std::string& text) {
        if (node.minLength > 0 || node.maxLength != kUnbounded) {
            const auto length = core::countCharacters(text);
            if (length < node.minLength) report("trop_court", texts::tooShort(node.minLength));
            if (length > node.maxLength) report("trop_long", texts::tooLong(node.maxLength));
        }
        if (node.pattern && !RE2::PartialMatch(text, *node.pattern)) report("format_incorrect", texts::wrongPattern());
    }

    void checkNumber(const SchemaNode& node, const Json& value) {
        const auto number = value.get<double>();
        if (node.minimum && number < *node.minimum) report("trop_petit", texts::tooSmall(*node.minimum, false));
        if (node.exclusiveMinimum && number <= *node.exclusiveMinimum) {
            report("trop_petit", texts::tooSmall(*node.exclusiveMinimum, true));
        }
        if (node.maximum && number > *node.maximum) report("trop_grand", texts::tooLarge(*node.maximum, false));
        if (node.exclusiveMaximum && number >= *node.exclusiveMaximum) {
            report("trop_grand", texts::tooLarge(*node.exclusiveMaximum, true));
        }
        if (node.multipleOf) {
            const auto times = number / *node.multipleOf;
            if (std::abs(times - std::round(times)) > 1e-9)
                report("multiple_incorrect", texts::notMultiple(*node.multipleOf));
        }
    }

    void checkArray(const SchemaNode& node, const Json& value) {
        if (value.size() < node.minItems) report("elements_insuffisants", texts::tooFewItems(node.minItems));
        if (value.size() > node.maxItems) {
            report("trop_d_elements", texts::tooManyItems(node.maxItems));
            return;  // the length is bounded so that the rest costs a bounded time
        }
        for (std::size_t i = 0; i < value.size(); ++i) {
            const auto* schema = i < node.prefixItems.size() ? node.prefixItems[i] : node.items;
            if (schema != nullptr) within(std::to_string(i), [&] { check(*schema, value[i]); });
        }
        if (node.hasUniqueItems && hasDuplicates(value)) report("element_repete", texts::repeatedItem());
        if (node.contains != nullptr && std::none_of(value.begin(), value.end(), [&](const Json& item) {
                return attempt(*node.contains, item).empty();
            })) {
            report("element_manquant", texts::missingItem());
        }
    }

    static bool hasDuplicates(const Json& value) {
        std::vector<const Json*> items;
        items.reserve(value.size());
        for (const auto& item : value) items.push_back(&item);
        std::sort(items.begin(), items.end(), [](const Json* left, const Json* right) { return *left < *right; });
        return std::adjacent_find(items.begin(), items.end(),
                                  [](const Json* left, const Json* right) { return *left == *right; }) != items.end();
    }

    void checkObject(const SchemaNode& node, const Json& value) {
        for (const auto& name : node.required) {
            if (!value.contains(name)) within(name, [&] { report("requis", texts::required()); });
        }
        if (value.size() < node.minProperties) report("elements_insuffisants", texts::tooFewFields(node.minProperties));
        if (value.size() > node.maxProperties) report("trop_d_elements", texts::tooManyFields(node.maxProperties));
        for (const auto& [present, needed] : node.dependentRequired) {
            if (!value.contains(present)) continue;
            for (const auto& name : needed) {
                if (!value.contains(name)) within(name, [&] { report("requis", texts::requiredWith(present)); });
            }
        }
        for (const auto& [name, member] : value.items()) checkMember(node, name, member);
    }

    void checkMember(const SchemaNode& node, const std::string& name, const Json& member) {
        if (node.propertyNames != nullptr && !attempt(*node.propertyNames, Json(name)).empty()) {
            within(name, [&] { report("champ_inconnu", texts::unknownField()); });
        }
        bool isKnown = false;
        if (const auto place = node.properties.find(name); place != node.properties.end()) {
            isKnown = true;
            within(name, [&] { check(*place->second, member); });
        }
        for (const auto& [pattern, schema] : node.patternProperties) {
            if (!RE2::PartialMatch(name, *pattern)) continue;
            isKnown = true;
            within(name, [&, one = schema] { check(*one, member); });
        }
        if (isKnown || node.additionalProperties == nullptr) return;
        within(name, [&] {
            if (node.additionalProperties->isNever) {
                report("champ_inconnu", texts::unknownField());
            } else {
                check(*node.additionalProperties, member);
            }
        });
    }

    void checkCombinations(const SchemaNode& node, const Json& value) {
        for (const auto* schema : node.allOf) check(*schema, value);
        if (!node.discriminator.empty() && value.is_object()) {
            checkBranch(node, value);
        } else {
            if (!node.anyOf.empty()) checkChoice(node.anyOf, value, false);
            if (!node.oneOf.empty()) checkChoice(node.oneOf, value, true);
        }
        if (node.negated != nullptr && attempt(*node.negated, value).empty()) report("interdit", texts::forbidden());
        if (node.condition != nullptr) {
            const auto* next = attempt(*node.condition, value).empty() ? node.consequence : node.alternative;
            if (next != nullptr) check(*next, value);
        }
    }

    void checkBranch(const SchemaNode& node, const Json& value) {
        const auto named = value.find(node.discriminator);
        if (named == value.end()) {
            within(node.discriminator, [&] { report("requis", texts::required()); });
            return;
        }
        const auto* name = named->get_ptr<const std::string*>();
        const auto place = name == nullptr ? node.branches.end() : node.branches.find(*name);
        if (place == node.branches.end()) {
            std::vector<Json> known;
            for (const auto& [branch, schema] : node.branches) known.emplace_back(branch);
            within(node.discriminator, [&] { report("valeur_non_admise", texts::notAmong(known)); });
            return;
        }
        check(*place->second, value);
    }

    // When no branch fits, the violations of the branch that was most likely meant are the useful ones: the only one,
    // or the one with the fewest, among those that accept the value's type.
    void checkChoice(const std::vector<const SchemaNode*>& choices, const Json& value, bool isExclusive) {
        std::size_t fits = 0;
        std::vector<Violation> best;
        bool hasBest = false;
        for (const auto* choice : choices) {
            auto found = attempt(*choice, value);
            if (found.empty()) {
                if (++fits == 1 && !isExclusive) return;
                continue;
            }
            const bool isOtherType = std::any_of(found.begin(), found.end(), [&](const Violation& violation) {
                return violation.champ == path_ &&
                       (violation.code == "type_incorrect" || violation.code == "valeur_non_admise");
            });
            if (!isOtherType && (!hasBest || found.size() < best.size())) {
                best = std::move(found);
                hasBest = true;
            }
        }
        if (fits == 1) return;
        if (fits == 0 && hasBest) {
            for (auto& violation : best) {
                if (violations_.size() < Schema::kMaxViolations) violations_.push_back(std::move(violation));
            }
        } else {
            report("forme_inconnue", texts::unknownShape());
        }
    }

    std::string path_;
    std::vector<Violation>& violations_;
    int depth_ = 0;
};

}  // namespace

std::vector<Violation> Schema::check(const Json& document) const {
    std::vector<Violation> violations;
    check(document, std::string(), violations);
    return violations;
}

void Schema::check(const Json& document, const std::string& root, std::vector<Violation>& violations) const {
    Checker(root, violations).check(*node_, document);
}

}  // namespace histologe::http
