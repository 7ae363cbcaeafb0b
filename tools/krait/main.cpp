// krait: compiles Python programs into native executables.
#include <algorithm>
#include <csignal>
#include <filesystem>
#include <fmt/core.h>
#include <unistd.h>
#include "codegen/emit/cache.h"
#include "codegen/emit/compile.h"
#include "tools/krait/cache_command.h"
#include "tools/krait/check_command.h"
#include "tools/krait/emit_command.h"
#include "tools/krait/explain/explain_command.h"
#include "tools/krait/messages.h"
#include "tools/krait/output.h"
#include "tools/krait/output_name.h"
#include "tools/krait/program.h"
#include "tools/krait/remote/remote_cache.h"
#include "tools/krait/source_module.h"
#include "tools/krait/wheel_command.h"

namespace {

using namespace krait::tools;

/// The program that the command line names. False after reporting.
bool findProgram(Options& options, const Installation& installation, ProgramSource& source) {
  if (options.command == Command::RunModule) return findProgramModule(options.moduleName, options, installation, source);
  if (options.command == Command::RunCode) {
    source.bytes = options.code + "\n";
    source.filename = "<string>";
    source.folder = std::filesystem::current_path();
    return true;
  }
  std::string file = options.files[0], error;
  std::error_code failure;
  if (std::filesystem::is_directory(file, failure)) { // as python3 FOLDER
    file = std::filesystem::path(file) / "__main__.py";
    if (!std::filesystem::exists(file, failure)) {
      reportError(fmt::format("can't find '__main__' module in '{}'", options.files[0]));
      return false;
    }
  }
  if (!readSource(file, source.bytes, error)) {
    reportError(error);
    return false;
  }
  if (file == "-") {
    source.filename = "<stdin>";
    source.folder = std::filesystem::current_path();
  } else {
    source.filename = std::filesystem::absolute(file).lexically_normal();
    source.folder = std::filesystem::path(source.filename).parent_path();
  }
  return true;
}

bool isIdentifier(std::string_view name) {
  return !name.empty() && !isdigit(name[0]) && std::all_of(name.begin(), name.end(), [](unsigned char c) { return isalnum(c) || c == '_'; });
}

/// Options of python3 for the program, one a line (runtime/startup/own_executable.h).
std::string startOptions(const Options& options) {
  std::string lines;
  for (auto [given, letter] : {std::pair{options.unbuffered, 'u'}, {options.bytesWarnings, 'b'}, {options.dontWriteBytecode, 'B'},
                               {options.ignoreEnvironment, 'E'}, {options.noUserSite, 's'}, {options.noSite, 'S'}, {options.safePath, 'P'}})
    if (given) lines += fmt::format("-{}\n", letter);
  for (const std::string& filter : options.warningFilters) lines += fmt::format("-W{}\n", filter);
  for (const std::string& name : options.implementation) lines += fmt::format("-X{}\n", name);
  return lines;
}

/// What whoever started this process (nohup, a shell with jobs in the background) has it ignore.
std::vector<int> ignoredSignals() {
  std::vector<int> ignored;
  for (int number = 1; number < NSIG; ++number)
    if (struct sigaction current; sigaction(number, nullptr, &current) == 0 && current.sa_handler == SIG_IGN) ignored.push_back(number);
  return ignored;
}

/// Replaces this process by the program. Returns only on failure.
int execute(const std::string& executable, const std::string& name, const Options& options, const Installation& installation) {
  std::vector<std::string> words{name};
  std::string runner = executable;
  if (!installation.sysroot.empty()) {
    runner = fmt::format("qemu-{}", installation.target->architecture);
    words = {runner, "-L", installation.sysroot, "-0", name, executable};
  }
  words.insert(words.end(), options.arguments.begin(), options.arguments.end());
  std::vector<char*> all;
  for (std::string& word : words) all.push_back(word.data());
  all.push_back(nullptr);
  if (const std::string lines = startOptions(options); !lines.empty()) setenv("KRAIT_OPTIONS", lines.c_str(), 1);
  execvp(runner.c_str(), all.data());
  if (runner != executable && errno == ENOENT)
    reportError(fmt::format("--target {}: {} runs its programs here, and is not installed: install qemu-user, or 'krait build' and run it there", options.target, runner));
  else reportError(fmt::format("{}: {}", runner, strerror(errno)));
  return 1;
}

int runProgram(Options& options, const Installation& installation) {
  ProgramSource source;
  if (!findProgram(options, installation, source)) return options.command == Command::RunModule ? 1 : 2;
  options.sharedLibraries = true; // it stays on this machine, and is linked sooner
  const std::vector<int> ignored = ignoredSignals();
  const std::string executable = cachedProgram(source, options, installation);
  if (executable.empty()) return 1;
  for (int number : ignored) signal(number, SIG_IGN); // LLVM has caught them, to clean up behind itself; the program inherits them
  const std::string name = options.command == Command::RunCode     ? "-c"
                           : options.command == Command::RunModule ? source.filename
                                                                   : options.files[0];
  return execute(executable, name, options, installation);
}

/// The source of an extension, and in `output` its file in the folder that was asked for. Packages that a module is in are
/// known by their __init__.py. False after reporting.
bool findExtension(const Options& options, const Installation& installation, ProgramSource& source, std::string& output) {
  namespace fs = std::filesystem;
  std::error_code failure;
  std::string error;
  fs::path path = fs::absolute(options.files[0]).lexically_normal();
  if (!path.has_filename()) path = path.parent_path();
  source.isPackage = fs::is_directory(path, failure);
  const fs::path file = source.isPackage ? path / "__init__.py" : path;
  const std::string last = source.isPackage ? path.filename() : path.stem();
  if (!source.isPackage && path.extension() != ".py") error = fmt::format("'{}' is no module (a file ending in .py) and no package", options.files[0]);
  else if (path.filename() == "__init__.py") error = fmt::format("'{}': name the package by its folder", options.files[0]);
  else if (source.isPackage && !fs::exists(file, failure)) error = fmt::format("'{}' is no package: it has no __init__.py", options.files[0]);
  else if (last == "__main__" || !isIdentifier(last)) error = fmt::format("'{}' is no name of a module that can be imported", last);
  else if (readSource(file, source.bytes, error)) {
    source.filename = file;
    source.moduleName = last;
    source.folder = path.parent_path();
    fs::path inside;
    while (fs::exists(fs::path(source.folder) / "__init__.py", failure)) {
      const std::string outer = fs::path(source.folder).filename();
      source.moduleName = outer + "." + source.moduleName;
      inside = outer / inside;
      source.folder = fs::path(source.folder).parent_path();
    }
    const fs::path folder = fs::path(options.output.empty() ? "." : options.output) / inside / (source.isPackage ? last : "");
    const bool isLinked = options.jobsFile.empty() && options.modules.empty();
    if (isLinked) fs::create_directories(folder, failure);
    if (!failure) {
      output = folder / ((source.isPackage ? "__init__" : last) + installation.target->extensionSuffix());
      return true;
    }
    error = fmt::format("{}: {}", folder.string(), failure.message());
  }
  reportError(error);
  return false;
}

int buildExtension(Options& options, const Installation& installation) {
  ProgramSource source;
  std::string output;
  return findExtension(options, installation, source, output) && buildProgram(source, options, installation, output, nullptr) ? 0 : 1;
}

/// What --jobs-file and --module want: no executable.
int buildObjects(Options& options, const Installation& installation) {
  ProgramSource source;
  return findProgram(options, installation, source) && buildProgram(source, options, installation, "", nullptr) ? 0 : 1;
}

int prefetch(const Options& options, const Installation& installation) {
  bool isDone = true;
  for (size_t i = 1; i < options.files.size(); ++i) {
    Options one = options;
    one.files = {options.files[i]};
    ProgramSource source;
    isDone &= findProgram(one, installation, source) && prefetchProgram(source, one, installation);
  }
  return isDone ? 0 : 1;
}

int buildExecutable(Options& options, const Installation& installation) {
  std::string error;
  if (options.output.empty()) options.output = defaultOutput(options.files[0], error);
  if (options.output.empty() || !mayOverwrite(options.output, options.files[0], error)) {
    reportError(error);
    return 2;
  }
  ProgramSource source;
  if (!findProgram(options, installation, source)) return 1;
  BuiltProgram built;
  const bool isAsked = options.report || options.licenses || !options.bom.empty();
  if (!buildProgram(source, options, installation, options.output, isAsked ? &built : nullptr)) return 1;
  if (options.report) fmt::print("{}", reportOf(built));
  if (options.licenses) fmt::print("{}{}", options.report ? "\n" : "", noticesOf(built, findStandardLibrary(options.stdlib), sitePackagesFolders()));
  if (options.bom.empty()) return 0;
  if (deliver(options.bom, bomOf(built, findStandardLibrary(options.stdlib), sitePackagesFolders()), error)) return 0;
  reportError(error);
  return 1;
}

/// All that a report of a bug should say.
void printVersion() {
  Installation installation;
  std::string error;
  const bool isWhole = findInstallation(installation, "", error);
  const std::string library = findStandardLibrary("");
  fmt::print("krait {}\nbuild    {}\nruntime  {}\nPython   3.11, {}\nLLVM     {}\ncache    {}\n", kVersion,
             isWhole ? installation.identity.substr(0, installation.identity.find('/')) : "unknown", isWhole ? installation.archive : error,
             library.empty() ? "its library was not found" : library, krait::codegen::emit::llvmVersion(), krait::codegen::emit::cacheFolder());
}

int perform(Options& options) {
  switch (options.command) {
  case Command::Version: printVersion(); return 0;
  case Command::Man: fmt::print("{}", manPage()); return 0;
  case Command::Check: return checkFiles(options);
  case Command::Cache:
    if (options.files[0] != "prefetch") return manageCache(options);
    break;
  case Command::Completion: {
    const std::string script = completionScript(options.files[0]);
    if (script.empty()) fmt::print(stderr, "krait: no completion for '{}': bash, zsh or fish\n", options.files[0]);
    fmt::print("{}", script);
    return script.empty() ? 2 : 0;
  }
  default: break;
  }

  Installation installation;
  std::string error;
  if (!findInstallation(installation, options.target, error)) {
    reportError(error);
    return 1;
  }
  if (options.command == Command::Emit || options.command == Command::Explain) {
    if (mayOverwrite(options.output, options.files[0], error)) return options.command == Command::Emit && !options.stages ? emitFile(options, installation) : explainFile(options, installation);
    reportError(error);
    return 2;
  }
  if (options.command == Command::Library) return compileLibrary(options, installation) ? 0 : 1;
  if (options.command == Command::Cache) return prefetch(options, installation);
  if (options.command == Command::Wheel) return makeWheel(options, installation);
  if (options.command == Command::Build && options.isExtension) return buildExtension(options, installation);
  if (options.command == Command::Build && (!options.jobsFile.empty() || !options.modules.empty())) return buildObjects(options, installation);
  if (options.command == Command::Build) return buildExecutable(options, installation);
  return runProgram(options, installation);
}

/// Ends the process. A thread that a remote store holds fast may be inside a library whose data an ordinary end takes apart.
[[noreturn]] void leave(int status) {
  std::string ignored;
  if (remote::RemoteCache* cache = remote::remoteCache(ignored); !cache || !cache->isBusy()) exit(status);
  fflush(nullptr);
  _exit(status);
}

} // namespace

int main(int argc, char** argv) {
  Options options;
  int status = 0;
  if (!parseOptions(argc, argv, options, status)) return status;
  showMessages(options.messageFormat, options.color);
  ignoreWarnings(options.ignored);
  status = perform(options);
  finishMessages();
  leave(status);
}
