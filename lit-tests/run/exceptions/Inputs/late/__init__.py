import importlib.util
