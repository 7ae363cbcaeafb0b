#include "codegen/emit/link.h"
#include <lld/Common/Driver.h>
#include <llvm/Support/CrashRecoveryContext.h>
#include <llvm/Support/ErrorHandling.h>
#include <llvm/Support/FileSystem.h>
#include <llvm/Support/Path.h>
#include <llvm/Support/Process.h>
#include <llvm/Support/raw_ostream.h>
#include <unistd.h>
#include "codegen/emit/cache.h"
#include "codegen/emit/target_machine.h"
#include "codegen/layout/sections.h"

LLD_HAS_DRIVER(elf)

namespace krait::codegen::emit {
namespace {

/// Where a C compiler keeps what it links with.
struct Libraries {
  std::vector<std::string> folders;
  std::string gcc; // the newest GCC's folder (crtbegin.o, libgcc.a, libstdc++.a)
};

std::string gccFolder(const Target& target, const std::string& sysroot) {
  std::string best;
  int bestVersion = -1;
  for (const char* system : {"-linux-gnu", "-pc-linux-gnu", "-redhat-linux"}) {
    std::error_code failure;
    for (llvm::sys::fs::directory_iterator at(sysroot + "/usr/lib/gcc/" + target.architecture + system, failure), end; at != end && !failure; at.increment(failure)) {
      const int version = std::atoi(llvm::sys::path::filename(at->path()).str().c_str());
      if (version > bestVersion && llvm::sys::fs::exists(at->path() + "/libstdc++.a")) {
        bestVersion = version;
        best = at->path();
      }
    }
  }
  return best;
}

Libraries librariesOf(const Target& target, const std::string& sysroot) {
  Libraries found{.folders = {}, .gcc = gccFolder(target, sysroot)};
  for (const char* above : {"/usr/lib", "/lib"})
    for (const std::string& folder : {"/" + target.name(), std::string("64"), std::string()}) found.folders.push_back(sysroot + above + folder);
  return found;
}

std::string findFile(const Libraries& libraries, const std::string& name) {
  if (llvm::sys::fs::exists(libraries.gcc + "/" + name)) return libraries.gcc + "/" + name;
  for (const std::string& folder : libraries.folders)
    if (llvm::sys::fs::exists(folder + "/" + name)) return folder + "/" + name;
  return {};
}

/// Libraries of native modules, linked if they are installed and something refers to them that no archive has.
const char* const kOptionalLibraries[] = {"z", "bz2", "lzma", "expat", "ffi", "sqlite3", "ssl", "crypto", "crypt", "uuid", "edit", "panelw", "ncursesw", "tinfo", "bsd", "md"};

/// The linker gives up where its output cannot be written (a full disk): back to the call of lldMain, with the reason.
void giveUp(void* out, const char* reason, bool) {
  llvm::StringRef text(reason);
  text.consume_front("IO failure on output stream: ");
  *static_cast<std::string*>(out) = text.str();
  llvm::sys::Process::Exit(1);
}

std::string freshName(const char* suffix) {
  llvm::SmallString<128> name;
  llvm::sys::fs::createTemporaryFile("krait", suffix, name);
  return std::string(name);
}

/// A file of this name, if there is one in the end, is removed.
class ScratchFile {
public:
  explicit ScratchFile(std::string name) : name_(std::move(name)) {}
  ~ScratchFile() {
    if (!name_.empty()) unlink(name_.c_str());
  }
  ScratchFile(const ScratchFile&) = delete;
  ScratchFile& operator=(const ScratchFile&) = delete;
  const std::string& name() const { return name_; }

private:
  const std::string name_;
};

/// The linker's messages in the user's terms: its own name and that of the unfinished output are of no interest.
std::string readable(std::string messages, const std::string& partial, const std::string& output) {
  auto replace = [&](const std::string& from, const std::string& to) {
    for (size_t at = 0; (at = messages.find(from, at)) != std::string::npos; at += to.size()) messages.replace(at, from.size(), to);
  };
  replace("ld.lld: error: ", "");
  replace(partial, output);
  while (!messages.empty() && messages.back() == '\n') messages.pop_back();
  return messages;
}

} // namespace

bool linkProgram(const LinkJob& job, std::string& error) {
  const Libraries libraries = librariesOf(*job.target, job.sysroot);
  if (libraries.gcc.empty()) {
    error = "the C++ runtime library is not installed: install g++ (for libstdc++.a and crtbegin.o)";
    return false;
  }
  const ScratchFile partialFile(isDevice(job.output) ? freshName("linked") : job.output + ".linked" + std::to_string(getpid()));
  const std::string& partial = partialFile.name();
  std::vector<std::string> arguments = {"ld.lld", "-O0" /*merged strings are strewn: docs/start-up.md*/, "-o", partial, "--eh-frame-hdr", "-m", job.target->emulation, "--gc-sections",
                                        "-z", "nostart-stop-gc", "-z", "keep-text-section-prefix", "--build-id=none", "--hash-style=gnu", "-z", "relro",
                                        "--no-mmap-output-file" /*a full disk kills who writes to mapped pages*/};
  if (job.target->linkerOption) arguments.emplace_back(job.target->linkerOption);
  if (!job.sysroot.empty()) arguments.push_back("--sysroot=" + job.sysroot); // for the paths in its linker scripts
  const bool isShared = !job.entry.empty();
  const ScratchFile versions(isShared ? freshName("version") : "");
  if (isShared) {
    // Nothing else of it is seen by others, nor can be replaced by theirs.
    if (!writeFileAtomically(versions.name(), "{ global: " + job.entry + "; local: *; };\n", error)) return false;
    arguments.insert(arguments.end(), {"-shared", "--version-script=" + versions.name()});
  } else if (job.isStatic)
    arguments.push_back("-static");
  else
    arguments.insert(arguments.end(), {"-dynamic-linker", job.target->loader});
  arguments.insert(arguments.end(), {"--symbol-ordering-file=" + job.order, "--no-warn-symbol-ordering"});
  if (!job.map.empty()) arguments.insert(arguments.end(), {"--Map=" + job.map, "--no-demangle"});
  if (!job.keepSymbols) arguments.push_back("--strip-all");
  for (const char* section : {layout::kModulesSection, layout::kNativesSection, layout::kSitesSection}) {
    const std::string s = section;
    arguments.push_back("--defsym=" + s + "_begin=__start_" + s);
    arguments.push_back("--defsym=" + s + "_end=__stop_" + s);
  }
  std::vector<const char*> first = {"crti.o", isShared ? "crtbeginS.o" : job.isStatic ? "crtbeginT.o" : "crtbegin.o"};
  if (!isShared) first.insert(first.begin(), "crt1.o");
  for (const char* file : first) {
    arguments.push_back(findFile(libraries, file));
    if (arguments.back().empty()) {
      error = std::string(file) + " is not installed: install libc6-dev";
      return false;
    }
  }
  arguments.push_back("-L" + libraries.gcc);
  for (const std::string& folder : libraries.folders) arguments.push_back("-L" + folder);
  arguments.push_back("--whole-archive"); // modules in parts
  arguments.insert(arguments.end(), job.objects.begin(), job.objects.end());
  arguments.push_back("--no-whole-archive");
  arguments.insert(arguments.end(), job.runtimeOptions.begin(), job.runtimeOptions.end());
  if (job.keepSymbols) arguments.emplace_back("--undefined=krt_debugger_layout"); // for the debugger's script
  // Its definition of the hooks comes before the runtime's weak one.
  if (!job.engine.empty()) arguments.insert(arguments.end(), {"--undefined=krt_engine_hooks", job.engine});
  if (!job.guest.empty()) arguments.insert(arguments.end(), {"--undefined=krt_guest_hooks", job.guest});
  const char* const usual = job.isStatic ? "-Bstatic" : "-Bdynamic";
  arguments.insert(arguments.end(), {usual, "-lm", "-lc"}); // before libbsd.a, which has functions of the same names
  arguments.insert(arguments.end(), job.archives.begin(), job.archives.end());
  arguments.insert(arguments.end(), {"-Bstatic", "-lstdc++", usual, "--as-needed"});
  for (const char* library : kOptionalLibraries) {
    const std::string base = std::string("lib") + library;
    if (!findFile(libraries, base + (job.isStatic ? ".a" : ".so")).empty()) arguments.push_back(std::string("-l") + library);
  }
  arguments.insert(arguments.end(), {"--no-as-needed", "--start-group", "-lgcc", "-lgcc_eh", "-lc", "--end-group",
                                     findFile(libraries, isShared ? "crtendS.o" : "crtend.o"), findFile(libraries, "crtn.o")});

  std::vector<const char*> words;
  for (const std::string& a : arguments) words.push_back(a.c_str());
  std::string messages, reason;
  llvm::raw_string_ostream stream(messages);
  llvm::CrashRecoveryContext::Enable();
  llvm::install_fatal_error_handler(giveUp, &reason);
  const lld::Result result = lld::lldMain(words, stream, stream, {{lld::Gnu, &lld::elf::link}});
  llvm::remove_fatal_error_handler();
  llvm::CrashRecoveryContext::Disable();
  setCodeOptions(); // the linker has its own, of the same LLVM; a wheel has more to compile
  if (result.retCode != 0) {
    error = reason.empty() ? readable(messages, partial, job.output) : job.output + ": " + reason;
    error += cacheHint(job.output);
    return false;
  }
  // The linker writes it in one piece: see writeFileAtomically.
  if (const auto bytes = readFile(partial)) return writeFileAtomically(job.output, *bytes, error, 0777);
  error = partial + ": " + std::strerror(errno);
  return false;
}

} // namespace krait::codegen::emit
