#!/usr/bin/env python3
"""validate.py SCHEMA FILE...: every line of a .jsonl, and all of a .json, fits the schema.
SPDX-License-Identifier: LGPL-2.1-or-later

Each object is held against the one definition that it is of, so that an error names the key. Ends with 1 after the first
few breaches; says how many objects of which kind it saw."""
import collections
import json
import sys

import jsonschema


def kind_of(thing):
    """The definition that the object is of."""
    if thing.get("type") == "summary" and "old_files" in thing:
        return "changes"
    if "type" in thing:
        return thing["type"]
    for key, kind in (("weights", "weights"), ("cases", "rules"), ("runs", "simulation"), ("step", "step")):
        if key in thing:
            return kind
    return "none"


def things_of(path):
    with open(path, encoding="ascii" if path.endswith(".jsonl") else "utf-8") as file:
        if path.endswith(".jsonl"):
            for number, line in enumerate(file, 1):
                yield f"{path}:{number}", json.loads(line)
        else:
            yield path, json.load(file)


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        schema = json.load(file)
    jsonschema.Draft7Validator.check_schema(schema)
    names = {one["$ref"].rsplit("/", 1)[1] for one in schema["oneOf"]}
    checkers = {name: jsonschema.Draft7Validator({"$ref": f"#/definitions/{name}", "definitions": schema["definitions"]})
                for name in names}
    whole = jsonschema.Draft7Validator(schema)
    seen, bad = collections.Counter(), 0
    for path in sys.argv[2:]:
        for where, thing in things_of(path):
            kind = kind_of(thing)
            seen[kind] += 1
            errors = [f"{'/'.join(map(str, error.path))}: {error.message[:200]}" for error in
                      checkers[kind].iter_errors(thing)] if kind in checkers else [f"no such kind: {kind}"]
            if not errors and seen[kind] <= 3 and not whole.is_valid(thing):
                errors = ["fits its definition, but not the schema as a whole"]
            for error in errors[:5]:
                print(f"{where}: {kind}: {error}")
                bad += 1
    print(" ".join(f"{kind}={count}" for kind, count in sorted(seen.items())))
    return 1 if bad or not seen else 0


if __name__ == "__main__":
    sys.exit(main())
