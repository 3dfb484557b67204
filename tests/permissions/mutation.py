"""Takes a filter out of the running code: the function keeps its name, callers and place."""

import ast
import importlib
import inspect
import textwrap
from contextlib import contextmanager


def function_at(target):
    """The plain function behind "module:Class.name", whatever it is wrapped in."""
    module, _, path = target.partition(":")
    found = importlib.import_module(module)
    for name in path.split("."):
        found = inspect.getattr_static(found, name)
    for inside in ("__func__", "func", "fget"):
        found = getattr(found, inside, found)
    return inspect.unwrap(found)


@contextmanager
def without(target, old, new):
    """Run with `new` in place of `old` in this function; fail if `old` is not there once."""
    function = function_at(target)
    source = textwrap.dedent(inspect.getsource(function))
    assert source.count(old) == 1, f"{target} has changed: give its mutant another text.\n{source}"
    tree = ast.parse(source.replace(old, new))
    tree.body[0].decorator_list = []  # what they did is done; a hook must not be made twice
    names = dict(function.__globals__)
    exec(compile(_enclosed(tree, function), f"<{target} without its filter>", "exec"), names)
    whole, function.__code__ = function.__code__, names["enclosing"]().__code__
    try:
        yield
    finally:
        function.__code__ = whole


def _enclosed(tree, function):
    """Put the function into another, so that it closes over what it did before (`super`)."""
    text = f"def enclosing():\n {'='.join([*function.__code__.co_freevars, 'None'])}\n return 1"
    outer = ast.parse(text)
    outer.body[0].body[1:] = [
        *tree.body,
        ast.parse(f"def _(): return {function.__name__}").body[0].body[0],
    ]
    return ast.fix_missing_locations(outer)


def functions_that_ask(names, files):
    """{"module:Class.function"} of the functions in these {module: file} that use these names.

    "f" is a function, "F" a constant, ".f" a method of whatever, "C.f" one of C.
    """
    found = set()
    for module, file in files.items():
        for place, node in _functions(ast.parse(file.read_text("utf-8")), ""):
            if any(names & _mentioned(each) for each in ast.walk(node)):
                found.add(f"{module}:{place}")
    return found


def _functions(node, above):
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.FunctionDef):
            yield f"{above}{child.name}", child
        elif isinstance(child, ast.ClassDef):
            yield from _functions(child, f"{above}{child.name}.")


def _mentioned(node):
    if isinstance(node, ast.Name) and node.id.isupper():
        return {node.id}
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
        return {node.func.id}
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        owner = getattr(node.func.value, "id", "")
        return {f".{node.func.attr}", f"{owner}.{node.func.attr}"}
    return set()
