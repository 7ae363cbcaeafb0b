# NAME FILE [ARGS…]: the main function of a module that is an extension, and that it is one.
import importlib, sys

module = importlib.import_module(sys.argv[1])
assert module.__file__.endswith(".so"), module.__file__
sys.exit(module.main(sys.argv[1:]))
