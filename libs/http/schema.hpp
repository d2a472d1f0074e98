// JSON Schema as contracts use it (the subset of draft 2020-12 named below), compiled once, checked often. Collects
// every violation, with French messages and stable codes.
//
// Keywords: type, enum, const; minLength, maxLength, pattern, format; minimum, maximum, exclusiveMinimum,
// exclusiveMaximum, multipleOf; items, prefixItems, minItems, maxItems, uniqueItems, contains; properties, required,
// additionalProperties, patternProperties, propertyNames, minProperties, maxProperties, dependentRequired; allOf,
// anyOf, oneOf, not, if/then/else; $ref to `#/components/schemas/<name>`; OpenAPI's discriminator. Annotations are
// ignored. Any other keyword stops the start: a misspelt rule must not be a rule that never applies.
//
// Patterns are RE2's: linear time whatever the text, `.` is a character and not a byte, no look-around.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "libs/core/error.hpp"
#include "libs/core/json.hpp"

namespace histologe::http {

struct SchemaNode;

// One compiled schema. Cheap to copy; safe from any thread.
class Schema {
  public:
    // At most this many violations are reported for one document.
    static constexpr std::size_t kMaxViolations = 100;

    // The violations of a document; `champ` is the dotted path of the value (`adresse.codePostal`, `desordres.2.slug`),
    // empty for the whole document. Codes: `requis`, `type_incorrect`, `valeur_non_admise`, `trop_court`, `trop_long`,
    // `format_incorrect`, `trop_petit`, `trop_grand`, `multiple_incorrect`, `elements_insuffisants`, `trop_d_elements`,
    // `element_repete`, `element_manquant`, `champ_inconnu`, `forme_inconnue`, `interdit`.
    [[nodiscard]] std::vector<core::Violation> check(const core::Json& document) const;
    // The same, every `champ` starting with `root`.
    void check(const core::Json& document, const std::string& root, std::vector<core::Violation>& violations) const;

    // Reads a text (of a query, a path, a form) as the schema's type: a number, a boolean, else the text itself. What
    // cannot be read as that type stays a text, which check() then refuses.
    [[nodiscard]] core::Json read(const std::string& text) const;
    // Reads the values of one name: an array when the schema's type is array, else the first.
    [[nodiscard]] core::Json read(const std::vector<std::string>& texts) const;
    // Reads named texts as an object whose members have the types of the schema's properties.
    [[nodiscard]] core::Json readForm(const std::vector<std::pair<std::string, std::string>>& fields) const;

  private:
    friend class SchemaCompiler;
    std::shared_ptr<const void> owner_;
    const SchemaNode* node_ = nullptr;
};

// Compiles the schemas of one document, sharing what they refer to.
class SchemaCompiler {
  public:
    // `components`: the named schemas that `$ref` may name.
    explicit SchemaCompiler(core::Json components);
    ~SchemaCompiler();

    // Throws std::runtime_error that names `where` and what is wrong: unknown keyword, format or reference, bad
    // pattern.
    Schema compile(const core::Json& schema, const std::string& where);

  private:
    struct State;
    std::shared_ptr<State> state_;
};

}  // namespace histologe::http
