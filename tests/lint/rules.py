#!/usr/bin/python3
"""What the page shows when something is refused, and has no words in Chinese: the rules of app/db/constraint*.c and those that ctx_fail and
ctx_note say in the files below must be keys of app/web/strings/rules.js, %s and the like as {1}, {2}, …; every key must be such a rule (or a
word that fills one), and a translation must have the places of its key. Left out is what nobody meets at the counter, the bench or in the
store: the evidence book, what other systems ask, and the laws of accounts and records that no page can break.

    tests/lint/rules.py [--list]   --list prints the keys that are wanted"""
import pathlib
import re
import sys

APP = pathlib.Path(__file__).resolve().parents[2] / "app"
CONSTRAINTS = {"constraint_sale": "", "constraint_stock": "", "constraint_order": "", "constraint_bench": "", "constraint": "users?_"}
SAYING = "core/*.c api/*.c intake/*.c json/json_read.c base/link*.c print/deliver*.c"
SILENT = re.compile(r"(cds|curator|evidence|health|import_evidence|knowledge|live|names?|once|page|read|rescreen|screen_json|seed|temporary|tier)(_.*)?\.c")
RULE_AT = {"ctx_fail": 4, "ctx_note": 4, "import_fault": 3}  # which argument is the rule
SHORTEST = 4  # "is {1}" and "Fine" say nothing that could be translated
LITERALS = re.compile(r'"(?:[^"\\]|\\.)*"(?:\s*"(?:[^"\\]|\\.)*")*')
PLACE = re.compile(r"%%|%[-+ 0#]*[\d*]*(?:\.[\d*]+)?(?:ll|l|z|h)?[sdiuxc]")
ROW = re.compile(r"^    '((?:[^'\\]|\\.)*)': \['((?:[^'\\]|\\.)*)', '((?:[^'\\]|\\.)*)'\],$", re.M)


def said(literals):
    """The text of one literal in C, or several side by side."""
    return "".join(re.findall(r'"((?:[^"\\]|\\.)*)"', literals)).replace('\\"', '"').replace("\\\\", "\\")


def key(rule):
    """%s and %lld as {1} and {2}."""
    places = iter(range(1, 20))
    return PLACE.sub(lambda found: "%" if found.group() == "%%" else f"{{{next(places)}}}", rule)


def arguments(text, start):
    """What stands in the parentheses that were opened before `start`, cut at its own commas."""
    parts, depth, at = [""], 1, start
    while depth:
        literal = LITERALS.match(text, at)
        piece = literal.group() if literal else text[at]
        depth += (piece in "([{") - (piece in ")]}") if not literal else 0
        if piece == "," and depth == 1:
            parts.append("")
        elif depth:
            parts[-1] += piece
        at += len(piece)
    return parts


def outside_parentheses(text):
    """The literals of an expression that are no arguments of a call in it."""
    depth, at = 0, 0
    while at < len(text):
        literal = LITERALS.match(text, at)
        if literal and depth == 0:
            yield said(literal.group())
        depth += (text[at] == "(") - (text[at] == ")") if not literal else 0
        at += len(literal.group()) if literal else 1


def wanted():
    """Each key, and where it is said."""
    found = {}
    for name, begins in CONSTRAINTS.items():
        path = APP / "db" / f"{name}.c"
        for row in re.findall(r"^ *\{ (\"[^\"]+\"(?:, [^,]+, (?:\"[^\"]*\"|NULL), )(?:\"(?:[^\"\\]|\\.)*\"\s*)+)", path.read_text(), re.M):
            if re.match(begins, row[1:]):
                found.setdefault(said(row.split(", ", 3)[3]), path.name)
    for path in sorted(one for pattern in SAYING.split() for one in APP.glob(pattern)
                       if not SILENT.fullmatch(one.name)):
        text = path.read_text()
        for call in re.finditer(rf"\b({'|'.join(RULE_AT)})\(", text):
            for rule in outside_parentheses((arguments(text, call.end()) + [""] * 5)[RULE_AT[call[1]]]):
                found.setdefault(key(rule), path.name)
        for literal in re.findall(r"\.missing = (\"[^\"]*\")", text):
            found.setdefault(said(literal), path.name)
    for path in sorted(APP.glob("sql/import_*_check.sql")):
        for rule in re.findall(r"'((?:is|are|has|must|does|belongs|differs|stands|of) [^']*)'", path.read_text()):
            found.setdefault(rule, path.name)
    quantities = (APP / "base" / "quantity.c").read_text()
    for literals in re.findall(r"return ((?:\"[^\"]*\"\s*)+);", quantities[quantities.index("quantity_error_rule("):]):
        if " " in literals:
            found.setdefault(said(literals), "quantity.c")
    for title in re.findall(r"^ *\[ST_\w+\] = (\"[^\"]+\")", (APP / "http" / "reply.c").read_text(), re.M):
        found.setdefault(said(title), "reply.c")
    return {rule: where for rule, where in found.items() if len(re.sub(r"\{\d\}", "", rule)) > SHORTEST}


def places(text):
    return sorted(re.findall(r"\{\d\}", text))


def main():
    rules = wanted()
    if sys.argv[1:] == ["--list"]:
        print("\n".join(rules))
        return 0
    page = (APP / "web" / "strings" / "rules.js").read_text()
    rows = {row[0].replace("\\'", "'"): row[1:] for row in ROW.findall(page)}
    words = {row[0].replace("\\'", "'") for row in ROW.findall(page.split("// Words that fill places")[-1])}
    keys = [row[0] for row in ROW.findall(page)]
    wrong = [f"strings/rules.js: “{rule}” stands twice" for rule in rows if keys.count(rule.replace("'", "\\'")) > 1]
    wrong += [f"{where}: “{rule}” has no words in strings/rules.js" for rule, where in rules.items() if rule not in rows]
    wrong += [f"strings/rules.js: nothing says “{rule}”" for rule in rows if rule not in rules and rule not in words]
    wrong += [f"strings/rules.js: “{text}” has not the places of “{rule}”" for rule, texts in rows.items() for text in texts
              if not text or places(text) != places(rule)]
    print("\n".join(wrong), end="\n" if wrong else "")
    return 1 if wrong else 0


sys.exit(main())
