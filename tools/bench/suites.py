"""What is timed: the programs, how much work each gets, and the groups that the tables are about."""

# Programs of their own: name -> (argument, argument of --short)
PROGRAMS = {
    "fib": (32, 24), "nqueens": (9, 6), "nbody": (300_000, 10_000), "fannkuch": (9, 7), "richards": (10, 1),
    "deltablue": (10_000, 300), "float": (500_000, 20_000), "spectral_norm": (250, 40), "binary_trees": (15, 10),
    "mandelbrot": (400, 60), "sieve": (4_000_000, 200_000), "string_building": (100_000, 10_000),
    "dict_counting": (500_000, 30_000), "generators": (2_000_000, 50_000), "method_calls": (300_000, 15_000),
    "exceptions": (300_000, 20_000), "hashes": (500_000, 20_000),
}

# Programs as users write them, in users/: name -> (argument, argument of --short)
USERS = {
    "bankqueue": (60, 5), "dungeon": (5, 1), "graphs": (40, 2), "interpreter": (40, 3), "inventory": (100, 4), "loganalysis": (15_000, 1000),
    "markdown": (1000, 20), "scheduler": (200, 4), "spreadsheet": (1000, 60), "templates": (4000, 60),
}

# Those of examples/: name -> (its input in examples/data, how many times over it is read, the same for --short, more arguments)
EXAMPLES = {
    "adventure": ("adventure.txt", 1, 1, []), "bank": ("bank.txt", 200, 10, []), "calculator": ("calculator.txt", 60, 3, []),
    "kernels": ("planets.txt", 1, 1, ["30000"]), "logs": ("access.log", 100, 5, []), "wordfreq": ("planets.txt", 15_000, 500, []),
}

# pyperformance's programs that need nothing but the standard library (or what --packages adds):
# the name that is reported -> (folder without bm_, arguments). One program may report several names.
PYPERFORMANCE = {
    "argparse": ("argparse", ["many_optionals"]), "argparse_subparsers": ("argparse", ["subparsers"]),
    "async_generators": ("async_generators", []),
    "async_tree": ("async_tree", ["none"]), "async_tree_memoization": ("async_tree", ["memoization"]),
    "async_tree_io": ("async_tree", ["io"]), "async_tree_cpu_io_mixed": ("async_tree", ["cpu_io_mixed"]),
    "asyncio_tcp": ("asyncio_tcp", []),
    "barnes_hut": ("barnes_hut", []), "base64": ("base64", []), "bpe_tokeniser": ("bpe_tokeniser", []),
    "btree": ("btree", []), "chaos": ("chaos", []), "comprehensions": ("comprehensions", []), "concurrent_imap": ("concurrent_imap", []), "coroutines": ("coroutines", []),
    "crypto_pyaes": ("crypto_pyaes", []), "decimal_factorial": ("decimal_factorial", []), "decimal_pi": ("decimal_pi", []),
    "deepcopy": ("deepcopy", []), "deltablue": ("deltablue", []), "fannkuch": ("fannkuch", []), "float": ("float", []),
    "gc_collect": ("gc_collect", []), "gc_traversal": ("gc_traversal", []), "generators": ("generators", []), "go": ("go", []),
    "hexiom": ("hexiom", []), "json_dumps": ("json_dumps", []), "json_loads": ("json_loads", []), "logging": ("logging", []),
    "mdp": ("mdp", []), "meteor_contest": ("meteor_contest", []), "nbody": ("nbody", []), "nqueens": ("nqueens", []),
    "pathlib": ("pathlib", []), "pickle": ("pickle", ["pickle"]), "pickle_dict": ("pickle", ["pickle_dict"]),
    "pickle_list": ("pickle", ["pickle_list"]), "pickle_pure_python": ("pickle", ["--pure-python", "pickle"]),
    "pidigits": ("pidigits", []), "pprint": ("pprint", []), "pyflate": ("pyflate", []), "raytrace": ("raytrace", []),
    "regex_compile": ("regex_compile", []), "regex_dna": ("regex_dna", []), "regex_effbot": ("regex_effbot", []),
    "regex_v8": ("regex_v8", []), "richards": ("richards", []), "richards_super": ("richards_super", []), "scimark": ("scimark", []),
    "spectral_norm": ("spectral_norm", []), "sqlite_synth": ("sqlite_synth", []), "telco": ("telco", []),
    "tomli_loads": ("tomli_loads", []), "typing_runtime_protocols": ("typing_runtime_protocols", []),
    "unpack_sequence": ("unpack_sequence", []), "unpickle": ("pickle", ["unpickle"]),
    "unpickle_list": ("pickle", ["unpickle_list"]), "unpickle_pure_python": ("pickle", ["--pure-python", "unpickle"]),
    "xml_etree": ("xml_etree", []),
}

# pyperformance's programs that need packages, which are Debian's (python3-NAME): compiled as a user has them compiled, with --site-packages.
PACKAGES = {
    "chameleon": ("chameleon", []), "django_template": ("django_template", []), "docutils": ("docutils", []),
    "fastapi": ("fastapi", []), "yaml": ("yaml", []),
    "dulwich_log": ("dulwich_log", []), "genshi": ("genshi", []), "html5lib": ("html5lib", []),
    "sqlalchemy_declarative": ("sqlalchemy_declarative", []), "sqlalchemy_imperative": ("sqlalchemy_imperative", []),
    "sqlglot_parse": ("sqlglot_v2", ["parse"]), "sqlglot_transpile": ("sqlglot_v2", ["transpile"]),
    "sympy_expand": ("sympy", ["expand"]), "sympy_integrate": ("sympy", ["integrate"]), "sympy_str": ("sympy", ["str"]),
    "sympy_sum": ("sympy", ["sum"]), "tornado_http": ("tornado_http", []),
}

# What a group is about -> what it must reach, and its members by the beginning of "suite/name".
GROUPS = {
    "numeric kernels": (15, [
        "programs/nbody", "programs/spectral_norm", "programs/mandelbrot", "programs/fannkuch", "programs/sieve", "programs/float",
        "pyperformance/nbody", "pyperformance/spectral_norm", "pyperformance/fannkuch", "pyperformance/scimark", "pyperformance/chaos",
        "pyperformance/float", "pyperformance/raytrace", "pyperformance/barnes_hut"]),
    "object-oriented programs": (8, [
        "programs/richards", "programs/deltablue", "programs/method_calls", "programs/binary_trees",
        "pyperformance/richards", "pyperformance/deltablue", "pyperformance/raytrace", "pyperformance/chaos", "pyperformance/go",
        "pyperformance/hexiom", "pyperformance/btree", "users/interpreter"]),
    "strings and dicts": (2.5, [
        "programs/string_building", "programs/dict_counting", "examples/wordfreq", "examples/logs", "users/loganalysis",
        "pyperformance/bpe_tokeniser"]),
    "generators, coroutines, async": (4, [
        "programs/generators", "pyperformance/generators", "pyperformance/coroutines", "pyperformance/async_"]),
    "library-bound": (2, [
        "pyperformance/logging", "pyperformance/argparse", "pyperformance/pprint", "pyperformance/pathlib", "pyperformance/deepcopy",
        "pyperformance/pickle_pure", "pyperformance/unpickle_pure", "pyperformance/tomli", "pyperformance/json",
        "pyperformance/regex_compile", "pyperformance/xml", "packages/"]),
    "programs of users": (4, ["users/", "examples/"]),
    "pyperformance": (5, ["pyperformance/", "packages/"]),
}
