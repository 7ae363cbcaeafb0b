# lit's configuration. Run as: lit --param build=BUILD_DIR lit-tests/AREA
# Tests are *.ir, *.py and *.test files; tools come from the build tree and LLVM's folder.
import os
import re
import shutil
import subprocess
import sys
import lit.formats

config.name = "krait"
config.test_format = lit.formats.ShTest(execute_external=False)
config.suffixes = [".ir", ".py", ".test"]
config.excludes = ["Inputs", "lit.cfg.py"]
config.test_source_root = os.path.dirname(__file__)
build = os.path.abspath(lit_config.params["build"])
config.test_exec_root = os.path.join(build, "lit-tests")

llvm = lit_config.params.get("llvm", "/usr/lib/llvm-19/bin")
for tool in ("FileCheck", "not"):
    if not os.path.exists(os.path.join(llvm, tool)):
        lit_config.fatal(f"{tool} is missing from {llvm}: install llvm-19-tools")
tools = os.path.join(build, "tools")
path = [os.path.join(tools, d) for d in sorted(os.listdir(tools)) if os.path.isdir(os.path.join(tools, d))]
config.environment["PATH"] = os.pathsep.join(path + [llvm, config.environment.get("PATH", "")])
config.substitutions.append(("%python", sys.executable))
config.substitutions.append(("%build", build))
config.substitutions.append(("%gdb", f"gdb -nx -batch -iex 'set debuginfod enabled off' -iex 'add-auto-load-safe-path {build}' -iex 'set pagination off' -iex 'set width 0'"))
config.substitutions.append(("%root", os.path.dirname(config.test_source_root)))
config.environment["KRAIT_CACHE_DIR"] = os.path.join(build, "lit-tests", "cache")
config.environment["LC_ALL"] = "C.UTF-8"
for variable in [v for v in os.environ if v.startswith("KRAIT_CACHE_REMOTE")]:
    config.environment.pop(variable, None)

# What the sanitizers themselves change (limits of memory, handlers of faults, when memory comes back): UNSUPPORTED: sanitized.
with open(os.path.join(build, "CMakeCache.txt")) as cache:
    if re.search(r"^KRAIT_SANITIZE:\w+=ON$", cache.read(), re.M):
        config.available_features.add("sanitized")

# Whether programs for other machines can be made and run: REQUIRES: aarch64
if os.path.exists(os.path.join(build, "cross/aarch64-linux-gnu/runtime/libkrait_runtime.a")) and shutil.which("qemu-aarch64"):
    config.available_features.add("aarch64")

# Shells that are installed: REQUIRES: fish
for shell in ("zsh", "fish"):
    if shutil.which(shell, path=config.environment["PATH"]):
        config.available_features.add(shell)

# The debugger that programs built with -g are for, if it may trace a process here: REQUIRES: gdb
if shutil.which("gdb") and subprocess.run(["gdb", "-nx", "-batch", "-ex", "python print(1)", "-ex", "starti", "/bin/true"],
                                          stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False).returncode == 0:
    config.available_features.add("gdb")

# What makes a Debian package: REQUIRES: dpkg
if all(shutil.which(tool, path=config.environment["PATH"]) for tool in ("cpack", "dpkg-shlibdeps", "file")):
    config.available_features.add("dpkg")

# Servers that a team's cache can be, beside those that the tests bring: REQUIRES: redis. Installing them would start them: who wants to.
for feature, server in (("redis", "redis-server"), ("nginx", "nginx")):
    if shutil.which(server, path=config.environment["PATH"]):
        config.available_features.add(feature)

# Whether a small file system can be mounted, for the test alone.
if subprocess.run(["unshare", "-rm", "mount", "-t", "tmpfs", "none", "/mnt"], stderr=subprocess.DEVNULL, check=False).returncode == 0:
    config.available_features.add("tmpfs")

# Whether programs can be run in a root of their own.
if subprocess.run(["unshare", "-r", "chroot", "/", "/bin/true"], stderr=subprocess.DEVNULL, check=False).returncode == 0:
    config.available_features.add("chroot")
