from importlib import import_module

ENGINE = "kit.engines.Engine"
HOST = "example.com"
LOGGER = "kit." + __name__
COMMAND = "kit.command:run"
LAZY = {"lazy": ".lone"}


def load(name):
    try:
        if name == "engine":
            module, _, attribute = ENGINE.rpartition(".")
            return getattr(import_module(module), attribute).NAME
        if name == "beside":
            return import_module(f".late.{name}", __name__).NAME
        if name == "whole":
            return import_module(".late." + name, "kit").NAME
        if name == "percent":
            module = __import__("kit.late.%s" % name, fromlist=["NAME"])
            return f"{module.NAME} {module.mean}"
        if name == "command":
            module, _, function = COMMAND.partition(":")
            return getattr(import_module(module), function)()
        if name in ("_part", "_other"):
            return import_module(f".late{name}", __name__).NAME
        if name in LAZY:
            return import_module(__name__ + LAZY[name]).NAME
        if name == "deep":
            return import_module("kit.deep").load("first")
        if name == "json":
            return import_module("json").__name__
        if name == "unnamed":
            return import_module(".".join(["kit", name])).NAME
        return import_module("kit.tags." + name).NAME
    except ImportError as error:
        return error
