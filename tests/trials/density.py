"""How dense the code is: what CONTRIBUTING promises, counted. `python -m tests.trials.density [FOLDER]` prints it.

Statements are nodes of the syntax tree; lines are counted in characters, blank lines left out.
"""

import ast
import statistics
import sys
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
WIDEST = 100

LONGEST_FUNCTION = "longest function, lines"
COMPREHENSION_RATE = "comprehensions per 1,000 statements"
CONDITION_RATE = "conditional expressions per 1,000 statements"
NAMED_ONE = "the name `one`"
SHARED_NAMES = "public names defined in several modules"


def main() -> None:
    trees = parse_folder(Path(sys.argv[1] if len(sys.argv) > 1 else "toolkit"))
    for name, value in measure(trees).items():
        print(f"{name:<52} {value}")
    for name, where in sorted(shared_names(trees).items()):
        print(f"  {name}: {', '.join(where)}")


def parse_folder(root: Path) -> dict[Path, ast.Module]:
    paths = sorted(root.rglob("*.py"))
    return {path: ast.parse(path.read_text(encoding="utf-8")) for path in paths}


def measure(trees: dict[Path, ast.Module]) -> dict[str, int | float]:
    """Every figure under the name by which it is printed."""
    paths = list(trees)
    nodes = [node for tree in trees.values() for node in ast.walk(tree)]
    statements = sum(isinstance(node, ast.stmt) for node in nodes)
    lines = [line for path in paths for line in path.read_text(encoding="utf-8").splitlines()]
    filled = [line for line in lines if line.strip()]
    lengths = sorted(_length(node) for node in nodes if isinstance(node, FUNCTIONS))
    return {
        "modules": len(paths),
        "lines (not blank)": len(filled),
        "statements": statements,
        "mean line length": round(statistics.mean(map(len, filled)), 1),
        f"lines over {WIDEST} characters": sum(len(line) > WIDEST for line in lines),
        "longest module, lines": max(
            len(path.read_text(encoding="utf-8").splitlines()) for path in paths
        ),
        LONGEST_FUNCTION: lengths[-1],
        COMPREHENSION_RATE: _rate(nodes, COMPREHENSIONS, statements),
        "  with two loops, two conditions or another inside": sum(
            _is_nested(node) for node in nodes
        ),
        CONDITION_RATE: _rate(nodes, ast.IfExp, statements),
        "  with another inside": sum(_is_nested_condition(node) for node in nodes),
        "walrus not in an if": _stray_walrus(trees.values()),
        NAMED_ONE: sum(_names_one(node) for node in nodes),
        SHARED_NAMES: len(shared_names(trees)),
    }


def _rate(nodes: list[ast.AST], kinds: type | tuple[type, ...], statements: int) -> float:
    return round(1000 * sum(isinstance(node, kinds) for node in nodes) / statements, 1)


def _length(node: ast.AST) -> int:
    assert isinstance(node, FUNCTIONS)
    return (node.end_lineno or node.lineno) - node.lineno + 1


def _is_nested(node: ast.AST) -> bool:
    if not isinstance(node, COMPREHENSIONS):
        return False
    inside = sum(isinstance(part, COMPREHENSIONS) for part in ast.walk(node)) - 1
    conditions = sum(len(loop.ifs) for loop in node.generators)
    return inside > 0 or len(node.generators) > 1 or conditions > 1


def _is_nested_condition(node: ast.AST) -> bool:
    return (
        isinstance(node, ast.IfExp)
        and sum(isinstance(part, ast.IfExp) for part in ast.walk(node)) > 1
    )


def _stray_walrus(trees: Iterable[ast.Module]) -> int:
    """Assignments inside an expression that is not the test of an `if` or `while`."""
    total = allowed = 0
    for tree in trees:
        for node in ast.walk(tree):
            total += isinstance(node, ast.NamedExpr)
            if isinstance(node, ast.If | ast.While):
                allowed += sum(isinstance(part, ast.NamedExpr) for part in ast.walk(node.test))
    return total - allowed


def _names_one(node: ast.AST) -> bool:
    """Every place where a variable, parameter or keyword is called `one`."""
    names = (getattr(node, "id", None), getattr(node, "arg", None), getattr(node, "name", None))
    return "one" in names


def shared_names(trees: dict[Path, ast.Module]) -> dict[str, list[str]]:
    """Functions, classes and methods without underscore that several modules define."""
    where: dict[str, set[str]] = defaultdict(set)
    for path, tree in trees.items():
        for node in ast.walk(tree):
            if isinstance(node, (*FUNCTIONS, ast.ClassDef)) and not node.name.startswith("_"):
                where[node.name].add(str(path.with_suffix("")))
    return {name: sorted(paths) for name, paths in where.items() if len(paths) > 1}


if __name__ == "__main__":
    main()
