// Options as python3 reads them: single letters may be joined, -c, -m and a file
// name end them, -E and -I hide the PYTHON variables from the rest.
#include "runtime/startup/command_line.h"
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include "runtime/modules/sys_info.h"
#include "runtime/startup/help.h"
#include "runtime/startup/own_executable.h"

namespace krait {
namespace {

CommandLine current;

/// One pass over option words.
class OptionReader {
public:
  OptionReader(CommandLine& line, std::vector<std::string> words) : line_(line), words_(std::move(words)) {}

  /// Reads options until something to run or an end. The number of words used.
  size_t read();
  const std::vector<std::string>& warnings() const { return warnings_; }

private:
  bool readLetters(const std::string& word);
  bool setFlag(char letter);
  bool argumentOf(const std::string& word, size_t letter, std::string& out);
  void printVersion() {
    puts("Python 3.11.2");
    fflush(stdout); // nobody does it at the end
    stop(0);
  }
  void complain(const std::string& what) {
    fprintf(stderr, "%s\nusage: %s [option] ... [-c cmd | -m mod | file | -] [arg] ...\nTry `python -h' for more information.\n",
            what.c_str(), ownExecutable().c_str());
    stop(2);
  }
  void stop(int status) {
    line_.run = CommandLine::Run::Nothing;
    line_.status = status;
  }

  CommandLine& line_;
  std::vector<std::string> words_;
  size_t at_ = 0;
  std::vector<std::string> warnings_;
};

/// An option's argument: the rest of its word, or the next word.
bool OptionReader::argumentOf(const std::string& word, size_t letter, std::string& out) {
  if (letter + 1 < word.size()) out = word.substr(letter + 1);
  else if (at_ < words_.size()) out = words_[at_++];
  else {
    fprintf(stderr, "Argument expected for the -%c option\n", word[letter]);
    stop(2);
    return false;
  }
  return true;
}

bool OptionReader::setFlag(char letter) {
  RuntimeFlags& f = runtimeFlags;
  switch (letter) {
  case 'b': ++f.bytesWarning; break;
  case 'B': f.dontWriteBytecode = 1; break;
  case 'd': ++f.debug; break;
  case 'E': f.ignoreEnvironment = 1; break;
  case 'i': f.inspect = f.interactive = 1; break;
  case 'I': f.isolated = f.ignoreEnvironment = f.noUserSite = f.safePath = 1; break;
  case 'O': ++f.optimize; break;
  case 'P': f.safePath = 1; break;
  case 'q': f.quiet = 1; break;
  case 's': f.noUserSite = 1; break;
  case 'S': f.noSite = 1; break;
  case 'u': f.unbuffered = true; break;
  case 'v': ++f.verbose; break;
  case 'R': f.ignoreHashSeed = true; break;
  case 'x': case 't': break;
  default: return false;
  }
  return true;
}

/// One word of option letters; false when options end with it.
bool OptionReader::readLetters(const std::string& word) {
  for (size_t i = 1; i < word.size(); ++i) {
    std::string argument;
    switch (const char letter = word[i]) {
    case 'c':
    case 'm':
      line_.run = letter == 'c' ? CommandLine::Run::Code : CommandLine::Run::Module;
      if (!argumentOf(word, i, line_.text)) return false;
      return false;
    case 'W':
      if (!argumentOf(word, i, argument)) return false;
      warnings_.push_back(argument);
      return true;
    case 'X':
      if (!argumentOf(word, i, argument)) return false;
      line_.implementation.push_back(argument);
      return true;
    case 'V':
      printVersion();
      return false;
    case 'h':
    case '?':
      printHelp(true, false, false);
      stop(0);
      return false;
    default:
      if (setFlag(letter)) break;
      complain(std::string("Unknown option: -") + letter);
      return false;
    }
  }
  return true;
}

size_t OptionReader::read() {
  while (at_ < words_.size()) {
    const std::string word = words_[at_];
    if (word == "-" || word.size() < 2 || word[0] != '-') break;
    ++at_;
    if (word == "--") break;
    if (word == "--version") {
      printVersion();
      break;
    }
    if (word.starts_with("--help")) {
      const bool all = word == "--help-all";
      printHelp(all || word == "--help", all || word == "--help-env", all || word == "--help-xoptions");
      stop(0);
      break;
    }
    if (word == "--check-hash-based-pycs") {
      const std::string mode = at_ < words_.size() ? words_[at_++] : "";
      if (mode != "always" && mode != "never" && mode != "default") {
        if (mode.empty()) complain("Argument expected for the --check-hash-based-pycs options");
        else complain("--check-hash-based-pycs must be one of 'default', 'always', or 'never'");
        break;
      }
      runtimeFlags.checkHashBasedPycs = mode;
      continue;
    }
    if (word.starts_with("--")) {
      complain("unknown option " + word);
      break;
    }
    if (!readLetters(word)) break;
  }
  return at_;
}

/// -X options that are flags of the runtime.
void applyImplementationOptions(const CommandLine& line) {
  for (const std::string& option : line.implementation) {
    if (option == "dev") runtimeFlags.devMode = 1;
    else if (option == "utf8" || option == "utf8=1") runtimeFlags.utf8Mode = 1;
    else if (option == "utf8=0") runtimeFlags.utf8Mode = 0;
    else if (option == "warn_default_encoding") runtimeFlags.warnDefaultEncoding = 1;
    else if (option == "faulthandler") runtimeFlags.faultHandler = true;
    else if (option == "no_debug_ranges") runtimeFlags.noDebugRanges = true;
    else if (option.starts_with("int_max_str_digits=")) setIntegerDigits(option.c_str() + 19, "-X int_max_str_digits");
    else if (option == "int_max_str_digits") setIntegerDigits("", "-X int_max_str_digits");
    else if (option == "tracemalloc") setTracedFrames("1", "");
    else if (option.starts_with("tracemalloc=")) setTracedFrames(option.c_str() + 12, "-X tracemalloc=NFRAME");
    else if (option == "pycache_prefix") runtimeFlags.pycachePrefix.clear();
    else if (option.starts_with("pycache_prefix=")) runtimeFlags.pycachePrefix = option.substr(15);
  }
}

std::vector<std::string> split(const char* text, char separator) {
  std::vector<std::string> parts;
  while (text && *text) {
    const char* end = strchrnul(text, separator);
    if (end != text) parts.emplace_back(text, end);
    text = *end ? end + 1 : end;
  }
  return parts;
}

} // namespace

CommandLine readCommandLine(int argc, char** argv) {
  CommandLine& line = current;
  line = {};
  runtimeFlags = {};
  OptionReader passed(line, split(getenv(kOptionsWord), '\n'));
  passed.read();
  std::vector<std::string> asked = passed.warnings();
  if (startedAsInterpreter(argv)) {
    line.run = CommandLine::Run::File;
    OptionReader own(line, {argv + 1, argv + argc});
    line.firstArgument = static_cast<int>(own.read()) + 1;
    asked.insert(asked.end(), own.warnings().begin(), own.warnings().end());
    if (line.run == CommandLine::Run::File) {
      const char* file = line.firstArgument < argc ? argv[line.firstArgument] : nullptr;
      if (!file || strcmp(file, "-") == 0) line.run = CommandLine::Run::StandardInput;
      else line.text = file;
    }
  }
  unsetenv(kExecutableWord);
  unsetenv(kOptionsWord);
  readEnvironment();
  applyImplementationOptions(line);
  // The later ones win, as they are put in front of the filters one by one.
  if (runtimeFlags.devMode) line.warnings.push_back("default");
  if (!runtimeFlags.ignoreEnvironment)
    for (std::string& w : split(getenv("PYTHONWARNINGS"), ',')) line.warnings.push_back(std::move(w));
  line.warnings.insert(line.warnings.end(), asked.begin(), asked.end());
  if (runtimeFlags.bytesWarning > 0) line.warnings.push_back(runtimeFlags.bytesWarning > 1 ? "error::BytesWarning" : "default::BytesWarning");
  return line;
}

const CommandLine& commandLine() { return current; }

} // namespace krait
