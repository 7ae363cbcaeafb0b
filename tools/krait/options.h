// The command line as data. options.def is the table; options.cpp fills this from it.
#pragma once
#include <span>
#include <string>
#include <vector>

namespace krait::tools {

enum class Command : uint8_t {
#define COMMAND(enumerator, ...) enumerator,
#include "tools/krait/options.def"
  RunCode,   // -c
  RunModule, // -m
  Version,
};

struct Options {
  Command command = Command::Run;
  std::vector<std::string> files;     // or the word after `completion`, or names of modules
  std::vector<std::string> arguments; // the program's

  std::string output;
  int level = 2;
  bool debugInfo = false, keepSymbols = false, isStatic = false, sharedLibraries = false, stripSource = false, sitePackages = false, countExits = false, profileGenerate = false, isExtension = false, metadataOnly = false, noPackageData = false;
  std::vector<std::string> includes /*absolute*/, ignored, guests, noGuests, embeds, profileUse, modules;
  std::string target; // empty: this machine
  std::string stdlib, observe, bom, linkerMap, jobsFile;
  bool tokens = false, ast = false, scopes = false, bytecode = false, ir = false, llvm = false, assembly = false, object = false, stages = false;
  std::vector<std::string> printAfter;
  std::string messageFormat = "text", color = "auto";
  bool verifyEach = false, timePasses = false, version = false, report = false, licenses = false;
  int64_t bisectLimit = -1;
  bool html = false;
  std::string remarks, functionName;
  std::string code, moduleName;
  // For the program that is started, in python3's form.
  std::vector<std::string> warningFilters, implementation;
  bool unbuffered = false, bytesWarnings = false, dontWriteBytecode = false, ignoreEnvironment = false, noUserSite = false, noSite = false,
       safePath = false;
};

enum CommandSet : uint32_t { kNone = 0, kRun = 1, kBuild = 2, kCheck = 4, kEmit = 8, kLibrary = 64, kCache = 128, kWheel = 256, kExplain = 512, kAll = 0x37f & ~(16 | 32) /*that read sources*/, kTop = 1 << 16 /*before FILE, -c and -m*/,
                             kCompile = kRun | kBuild | kTop, kObjects = kCompile | kCache /*that decide about objects, but not that an extension has them*/, kStart = kRun | kTop,
                             // Under which heading of the help; usual options have none of these.
                             kStep = 1 << 24 /*of the compiler: what to print*/, kPython = 1 << 25 /*python3's own*/, kDeveloper = 1 << 26 };

struct CommandRow {
  const char *name, *operands, *help;
};
struct OptionRow {
  const char *names, *value; // value "": a flag
  uint32_t commands;
  const char* help;
};
/// Each of a row's names: "-o", "--output".
std::vector<std::string> namesOf(const OptionRow& row);
std::span<const CommandRow> commandRows();
std::span<const OptionRow> optionRows();

/// What was said of options that decide about objects, as words of a command line for any working folder.
std::vector<std::string> optionsOfObjects(const Options& options);

/// False: `status` is to be returned from main (0 after --help, 2 for wrong use, reported).
bool parseOptions(int argc, char** argv, Options& options, int& status);

/// For a command, by its row; or for krait itself (null).
std::string helpText(const CommandRow* command);
std::string manPage();
/// Empty for an unknown shell.
std::string completionScript(const std::string& shell);

inline constexpr char kVersion[] = "0.1.0";

} // namespace krait::tools
