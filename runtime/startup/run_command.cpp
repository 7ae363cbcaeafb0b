#include "runtime/startup/run_command.h"
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <sys/stat.h>
#include <unistd.h>
#include "runtime/abi/observers.h"
#include "runtime/builtins/builtins.h"
#include "runtime/builtins/hooks.h"
#include "runtime/modules/importing/compiled_modules.h"
#include "runtime/modules/importing/import.h"
#include "runtime/modules/importing/native_finders.h"
#include "runtime/modules/importing/source_files.h"
#include "runtime/object/names.h"
#include "runtime/object/protocol.h"
#include "runtime/modules/path_argument.h"
#include "runtime/modules/sys_info.h"
#include "runtime/startup/interactive.h"
#include "runtime/startup/own_executable.h"
#include "runtime/startup/runpy_entries.h"
#include "runtime/threads/tracing.h"
#include "runtime/types/bytes.h"
#include "runtime/types/code_object.h"
#include "runtime/types/dict.h"
#include "runtime/types/function.h"
#include "runtime/types/int.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"

namespace krait {
namespace {

/// `__main__` with what every module has, in sys.modules.
Value newMain() {
  Ref module(newModule(NAME(__main__)));
  Value d = module ? moduleDict(module) : Value();
  if (!module || dictSet(d, NAME(__spec__), none()) < 0 || dictSet(d, NAME(__package__), none()) < 0 ||
      dictSet(d, NAME(__loader__), builtinImporter()) < 0 || addMainNames(d) < 0 ||
      dictSet(sysModules(), NAME(__main__), module) < 0)
    return Value();
  return module.release();
}

Value runText(Value module, Value source, Value filename) {
  if (!krt_engine_hooks)
    return raise(ImportErrorType, "this executable carries no front end: cannot run %R", filename);
  Ref code(krt_engine_hooks->compile(source, filename, CompileMode::Exec, kIsScript, -1, -1));
  Value globals = moduleDict(module);
  return code ? krt_engine_hooks->execute(code, globals, globals, Value()) : Value();
}

Value runModule(const char* name, bool alterArguments) {
  for (const char* listener : {"trace", "profile", "cProfile", "pdb", "bdb"})
    if (!strcmp(name, listener)) eventsObserved = true;
  Ref main(newMain()), runpy(main ? importModule("runpy") : Value());
  Ref text(runpy ? newStr(name) : Value());
  return text ? callMethod(runpy, "_run_module_as_main", {text.get(), boolean(alterArguments)}) : Value();
}

bool isSameFile(const char* a, const char* b) {
  struct stat one, other;
  return stat(a, &one) == 0 && stat(b, &other) == 0 && one.st_dev == other.st_dev && one.st_ino == other.st_ino;
}

/// A .pyc file.
Value runCodeFile(const std::string& path) {
  Ref name(decodeFileSystem(path.data(), path.size())), main(name ? newSourceModule(NAME(__main__), name, false, nullptr) : Value());
  Ref bytes(main ? readFileBytes(name) : Value());
  if (!bytes) return Value();
  constexpr int64_t kHeader = 16;
  Ref util(importModule("importlib.util")), magic(util ? getAttr(util, "MAGIC_NUMBER") : Value());
  if (!magic) return Value();
  if (!bytesView(bytes).starts_with(bytesView(magic)) || static_cast<int64_t>(bytesView(bytes).size()) < kHeader)
    return raise(RuntimeErrorType, "Bad magic number in .pyc file");
  Ref marshal(importModule("marshal")), body(newBytes(bytesView(bytes).substr(kHeader)));
  Ref code(marshal && body ? callMethod(marshal, "loads", {body}) : Value());
  Value d = moduleDict(main);
  Ref machinery(importModule("importlib.machinery")), type(machinery ? getAttr(machinery, "SourcelessFileLoader") : Value());
  Ref loader(type ? call(type, {NAME(__main__), name.get()}) : Value());
  if (!code || !loader || dictSet(d, NAME(__loader__), loader) < 0 || dictSet(d, NAME(__builtins__), builtinsModule()) < 0 || dictSet(d, NAME(__spec__), none()) < 0 ||
      dictSet(d, NAME(__package__), none()) < 0 || dictSet(d, NAME(__cached__), none()) < 0 || dictSet(sysModules(), NAME(__main__), main) < 0)
    return Value();
  return krt_engine_hooks ? krt_engine_hooks->execute(code, d, d, Value())
                          : raise(ImportErrorType, "this executable carries no front end: cannot run %R", name.get());
}

bool isNamedModule(const ModuleInfo* program) { return strcmp(program->name, "__main__") != 0; } // -m was given its name

/// Whether CPython's runpy would find and run the program: a module that -m named, or the __main__ of a folder that sys.argv[0] names.
bool isFoundByRunpy(const ModuleInfo* program) {
  if (isNamedModule(program)) return true;
  constexpr std::string_view kMain = "/__main__.py";
  const std::string_view file = program->filename;
  Value arguments = file.ends_with(kMain) ? sysGet("argv") : Value();
  if (!arguments || !isList(arguments) || !asList(arguments)->size || !isStr(asList(arguments)->items[0])) return false;
  const Utf8 first(asList(arguments)->items[0]);
  errorClear();
  return first.ok() && isSameFile(first.data(), std::string(file.substr(0, file.size() - kMain.size())).c_str());
}

Value runProgram(ModuleInfo* program) {
  const bool isFound = isFoundByRunpy(program);
  Value done = runMainModule(program, isFound);
  if (!done && isFound) addRunpyEntries(program);
  return done;
}

Value runFile(const std::string& path, ModuleInfo* program) {
  // The program by its source, which need not be on this machine, or by its executable, as sys.argv[0] names it.
  if (path == program->filename || isSameFile(path.c_str(), program->filename) || isSameFile(path.c_str(), ownExecutable().c_str()))
    return runMainModule(program, isNamedModule(program));
  struct stat status;
  const bool exists = stat(path.c_str(), &status) == 0;
  if (exists && (S_ISDIR(status.st_mode) || isArchiveFile(path.c_str()))) return runModule("__main__", false); // sys.path begins with it
  if (exists && path.ends_with(".pyc")) return runCodeFile(path);
  if (!exists || access(path.c_str(), R_OK) < 0) {
    const int error = errno;
    char folder[4096];
    const bool relative = path[0] != '/' && getcwd(folder, sizeof folder);
    fprintf(stderr, "%s: can't open file '%s%s%s': [Errno %d] %s\n", ownExecutable().c_str(), relative ? folder : "",
            relative ? "/" : "", path.c_str(), error, strerror(error));
    Ref status(Value::ofSmallInt(2));
    return raiseObject(SystemExitType, status);
  }
  char* absolute = realpath(path.c_str(), nullptr);
  const char* shown = absolute ? absolute : path.c_str();
  Ref filename(decodeFileSystem(shown, strlen(shown)));
  free(absolute);
  Ref module(filename ? newSourceModule(NAME(__main__), filename, false, nullptr) : Value());
  if (!module) return Value();
  Value d = moduleDict(module);
  if (addMainNames(d) < 0 || dictSet(d, NAME(__spec__), none()) < 0 ||
      dictSet(d, NAME(__package__), none()) < 0 || dictSet(d, NAME(__cached__), none()) < 0 ||
      dictSet(sysModules(), NAME(__main__), module) < 0)
    return Value();
  Ref source(readFileBytes(filename));
  return source ? runText(module, source, filename) : Value();
}

Value runStandardInput() {
  if (runtimeFlags.interactive || isatty(0)) {
    Ref main(newMain());
    return main ? runInteractively(main, true) : Value();
  }
  std::string text;
  char buffer[65536];
  for (ssize_t n; (n = read(0, buffer, sizeof buffer)) != 0;) {
    if (n < 0 && errno != EINTR) break;
    if (n > 0) text.append(buffer, static_cast<size_t>(n));
  }
  Ref main(newMain()), source(main ? newBytes(text) : Value()), filename(source ? newStr("<stdin>") : Value());
  if (!filename || dictSet(moduleDict(main), NAME(__file__), filename) < 0 || dictSet(moduleDict(main), NAME(__cached__), none()) < 0)
    return Value();
  return runText(main, source, filename);
}

} // namespace

Value runCommand(const CommandLine& line, ModuleInfo* program) {
  switch (line.run) {
  case CommandLine::Run::Program: return runProgram(program);
  case CommandLine::Run::Code: {
    Ref main(newMain()), source(main ? newStr(line.text + "\n") : Value()), filename(source ? newStr("<string>") : Value());
    return filename ? runText(main, source, filename) : Value();
  }
  case CommandLine::Run::Module: return runModule(line.text.c_str(), true);
  case CommandLine::Run::File: return runFile(line.text, program);
  case CommandLine::Run::StandardInput: return runStandardInput();
  case CommandLine::Run::Nothing: break;
  }
  Ref status(newInt(line.status));
  return raiseObject(SystemExitType, status);
}

} // namespace krait
