import wide
from pack import checks


def load(name):
    try:
        if name == "beta":
            return checks.load(name, len).NAME
        module = "pack." + name if name == "alpha" else ".".join(["wide", name])
        return __import__(module, fromlist=["NAME"]).NAME
    except ImportError as error:
        return error
