#!/usr/bin/env python3
"""Makes the questionnaire that the public form reads.

Merges the structure of the form (modele-formulaire.json), the words people read (libelles.json) and the labels of the
catalogue of désordres into data/questionnaire/: questions-<profil>.json, desordres-occupant.json, desordres-tiers.json,
dictionary.json. Stops on the first component or choice without words.

    tools/questionnaire/build.py           writes the files
    tools/questionnaire/build.py --check   fails when a file is not what it would write
"""
import json
import pathlib
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
SOURCES = ROOT / "tools/questionnaire"
DATA = ROOT / "data/questionnaire"
CATALOGUE = ROOT / "libs/domain/desordres/data/catalogue-desordres.json"

PROFILS = ["locataire", "bailleur_occupant", "tiers_particulier", "tiers_pro", "bailleur", "service_secours"]
TIERS = {"tiers_particulier", "tiers_pro", "bailleur", "service_secours", "desordres_tiers"}
OUTPUTS = {"common": "questions-tous", "desordres_occupant": "desordres-occupant", "desordres_tiers": "desordres-tiers",
           **{profil: f"questions-{profil}" for profil in PROFILS}}


def equals(field, value):
    return {"field": field, "op": "eq", "value": value}


# A room that the dwelling does not have is not offered.
ROOMS = {
    "_piece_a_vivre": ("Pièce à vivre", None),
    "_cuisine": ("Cuisine", equals("type_logement_commodites_cuisine", "oui")),
    "_salle_de_bain": ("Salle de bain ou toilettes", {"any": [equals("type_logement_commodites_salle_de_bain", "oui"),
                                                              equals("type_logement_commodites_wc", "oui")]}),
}
FORMATS = {"Emailfield": "email", "Phonefield": "phone", "Date": "date"}
# What a component asks besides its own answer: end of the key, its words, what it must be.
PARTS = {
    "Address": [("_detail_numero", "Numéro et rue", {"minLength": 6, "maxLength": 100, "pattern": "[^0-9 ]"}),
                ("_detail_code_postal", "Code postal", {"pattern": "^[0-9]{5}$"}),
                ("_detail_commune", "Commune", {"maxLength": 95})],
    "Phonefield": [("_secondaire", "Un autre numéro", {"format": "phone"})],
}
# What it keeps without asking: ends of keys.
STORES = {
    "Address": ["_detail_insee", "_detail_geoloc_lat", "_detail_geoloc_lng", "_detail_rnb_id", "_detail_manual",
                "_suggestion"],
    "Phonefield": ["_countrycode", "_secondaire_countrycode"],
    "Autocomplete": ["_textfield"],
}


class Missing(Exception):
    """A text that people read is not written."""


def longest_suffix(table, slug):
    """The entry whose name is the longest end of the slug."""
    ends = [end for end in table if slug.endswith(end)]
    return table[max(ends, key=len)] if ends else None


class Words:
    def __init__(self, labels, catalogue):
        self.labels = labels
        self.criteres = {critere["slug"]: critere["libelle"] for critere in catalogue["criteres"]}
        self.categories = {critere["slugCategorie"]: critere["libelleCategorie"] for critere in catalogue["criteres"]}

    def question(self, slug, liste):
        tiers = self.labels["tiers"]["questions"] if liste in TIERS else {}
        for table in (tiers, self.labels["questions"], self.categories, self.criteres):
            if slug in table:
                return table[slug]
        if slug.startswith("desordres_"):
            if label := longest_suffix(self.labels["finsDeQuestion"], slug):
                return label
        raise Missing(f"no label for the component {slug} of {liste}")

    def screen(self, slug, liste):
        if liste in TIERS and slug in self.labels["tiers"]["ecrans"]:
            return self.labels["tiers"]["ecrans"][slug]
        if slug in self.labels["ecrans"]:
            return self.labels["ecrans"][slug]
        if slug in self.categories:
            return [self.categories[slug], self.labels["ecransDesordre"]]
        raise Missing(f"no title for the screen {slug} of {liste}")

    def button(self, slug):
        # `_next` and `_previous` may be followed by the screen they lead to.
        table = self.labels["boutons"]
        if slug in table:
            return table[slug]
        if label := longest_suffix(table, slug):
            return label
        for middle in ("_next_", "_previous_"):
            if middle in slug:
                return table[middle.rstrip("_")]
        raise Missing(f"no label for the button {slug}")

    def choice(self, slug, value):
        own = self.labels["choixParQuestion"].get(slug, {})
        if value in own:
            return own[value]
        if value in self.labels["choix"]:
            return self.labels["choix"][value]
        raise Missing(f"no words for the answer {value} to {slug}")


def literal(value):
    """A value in the language of the conditions."""
    if isinstance(value, str):
        return "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'"
    return json.dumps(value)


def call(condition):
    arguments = ", ".join(literal(argument) for argument in condition.get("args", []))
    text = f"formStore.{condition['fn']}({arguments})"
    return text + f" === {literal(condition['value'])}" if "op" in condition else text


def expression(condition):
    """A condition as an expression over formStore.data, as the front of today evaluates it."""
    if "all" in condition:
        return "(" + " && ".join(expression(part) for part in condition["all"]) + ")"
    if "any" in condition:
        return "(" + " || ".join(expression(part) for part in condition["any"]) + ")"
    if "not" in condition:
        return f"!({expression(condition['not'])})"
    if "fn" in condition:
        return call(condition)
    field = f"formStore.data.{condition['field']}"
    operation = condition["op"]
    if operation == "is_defined":
        return f"{field} !== undefined"
    if operation == "not_empty":
        return f"(({field} ?? '') !== '')"
    return f"{field} {({'eq': '===', 'ne': '!==', 'gt': '>'})[operation]} {literal(condition['value'])}"


def action(facts):
    """`goto.save:screen`: the verb, what it does on the way, where it leads."""
    verb = facts["verb"]
    for flag, name in (("save", ".save"), ("check_territory", ".checkterritory"), ("client_validation_only", ".validate")):
        if facts.get(flag):
            verb += name
    return f"{verb}:{facts['target']}"


def validation(facts):
    rules = {}
    for ours, theirs in (("required", "required"), ("maxLength", "maxLength"), ("pattern", "pattern"), ("min", "min"),
                         ("max", "max"), ("check", "check")):
        if ours in facts:
            rules[theirs] = facts[ours]
    if kind := FORMATS.get(facts["type"]):
        rules["format"] = kind
    return rules


def navigation(facts):
    """Where a button leads, and what it needs or undoes on the way."""
    result = dict(facts["action"])
    slug = facts["slug"]
    if "_previous" in slug:
        result["back"] = True
    for zone in ("batiment", "logement"):
        if slug == f"desordres_{zone}_ras":
            result["clears"] = zone
        if slug == f"desordres_{zone}_valider":
            result["needs"] = zone
    return result


def shown(result, condition):
    """The condition twice: as data, and as the expression that the front of today evaluates."""
    if condition:
        result["show"] = condition
        result["conditional"] = {"show": expression(condition)}
    return result


def room(field):
    label, condition = longest_suffix(ROOMS, field)
    return shown({"label": label, "value": field}, condition)


def extend(result, facts):
    """The keys that a component fills besides its slug."""
    slug, kind = facts["slug"], facts["type"]
    if parts := PARTS.get(kind):
        result["parts"] = [{"slug": slug + end, "label": label, "validate": rules} for end, label, rules in parts]
    stores = [slug + end for end in STORES.get(kind, [])]
    if kind == "Autocomplete":
        stores.append(slug.removesuffix("_autocomplete"))
    if kind == "DisorderCategoryList":
        stores.append("categorieDisorders." + slug.removeprefix("desordres_").removesuffix("_liste"))
    if stores:
        result["stores"] = stores


def component(facts, words, liste):
    slug = facts["slug"]
    result = {"type": "SignalementForm" + facts["type"], "slug": slug}
    if facts["type"] == "Button":
        result["label"] = words.button(slug)
    else:
        result["label"] = words.question(slug, liste)
        if hint := words.labels["aides"].get(slug):
            result["description"] = hint
        if rules := validation(facts):
            result["validate"] = rules
    if "values" in facts:
        result["values"] = [{"label": words.choice(slug, value), "value": value} for value in facts["values"]]
    shown(result, facts.get("show"))
    if "action" in facts:
        result["action"] = action(facts["action"])
        result["navigation"] = navigation(facts)
    if "sub_fields" in facts:
        result["values"] = [room(field) for field in facts["sub_fields"]]
    extend(result, facts)
    if "autocomplete" in facts:
        result["autocomplete"] = facts["autocomplete"]
    for ours, theirs in (("stored_in", "storedIn"), ("upload_kind", "uploadKind"), ("default_display", "defaultDisplay")):
        if ours in facts:
            result[theirs] = facts[ours]
    if "children" in facts:
        result["components"] = {"body": [component(child, words, liste) for child in facts["children"]]}
    return result


def screen(facts, words, liste):
    title, text = words.screen(facts["slug"], liste)
    result = {"type": "SignalementFormScreen", "slug": facts["slug"], "label": title, "description": text}
    if "category" in facts:
        result["screenCategory"] = words.labels["categories"][facts["category"]]
    result["components"] = {"body": [component(part, words, liste) for part in facts.get("body", [])],
                            "footer": [component(part, words, liste) for part in facts.get("nav", [])]}
    return result


def dictionary(outputs, words):
    """Every word by its slug or value, for whoever shows answers again: {name: {default, tiers?}}."""
    entries = {}

    def note(slug, label, liste):
        entry = entries.setdefault(slug, {})
        kind = "tiers" if liste in TIERS else "default"
        entry.setdefault(kind, label)

    def walk(part, liste):
        if part["type"] != "SignalementFormButton":
            note(part["slug"], part["label"], liste)
        for inner in part.get("components", {}).get("body", []):
            walk(inner, liste)
        for inner in part.get("parts", []):
            note(inner["slug"], inner["label"], liste)
        if part["type"] == "SignalementFormRoomList":
            for value in part["values"]:
                note(value["value"], value["label"], liste)

    for liste, screens in outputs.items():
        for one in screens:
            walk(one, liste)
    for table in (words.labels["choix"], words.labels["dictionnaire"], words.categories, words.criteres):
        for name, label in table.items():
            entries.setdefault(name, {}).setdefault("default", label)
    for entry in entries.values():
        entry.setdefault("default", entry.get("tiers"))
        if entry.get("tiers") == entry["default"]:
            entry.pop("tiers")
    return {name: entries[name] for name in sorted(entries)}


def text(content):
    """JSON with one screen, or one entry, a line: small to serve, and a change shows where it is."""
    if isinstance(content, dict):
        lines = [f"{compact(name)}:{compact(value)}" for name, value in content.items()]
        return "{\n" + ",\n".join(lines) + "\n}\n"
    return "[\n" + ",\n".join(compact(one) for one in content) + "\n]\n"


def compact(value):
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def build():
    model = json.loads((SOURCES / "modele-formulaire.json").read_text(encoding="utf-8"))
    labels = json.loads((SOURCES / "libelles.json").read_text(encoding="utf-8"))
    words = Words(labels, json.loads(CATALOGUE.read_text(encoding="utf-8")))
    lists = {liste: [screen(facts, words, liste) for facts in screens] for liste, screens in model["screens"].items()}
    files = {OUTPUTS[liste]: screens for liste, screens in lists.items()}
    files["dictionary"] = dictionary(lists, words)
    return {DATA / f"{name}.json": text(content) for name, content in files.items()}


def main():
    try:
        files = build()
    except Missing as missing:
        sys.exit(f"questionnaire: {missing}")
    if "--check" in sys.argv[1:]:
        stale = [path.name for path, content in files.items()
                 if not path.exists() or path.read_text(encoding="utf-8") != content]
        if stale:
            sys.exit("questionnaire: not up to date: " + ", ".join(stale) + " (run tools/questionnaire/build.py)")
        return
    for path, content in files.items():
        path.write_text(content, encoding="utf-8")


if __name__ == "__main__":
    main()
