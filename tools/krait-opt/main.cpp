// krait-opt: IR text in, passes, IR text out.
//
//   krait-opt [--passes a,b,c | -O0 | -O2] [options] [FILE]
//
// Reads standard input without FILE (or with "-"). Exit status 1: the text is no IR, or the verifier complains.
#include "ir/core/parser.h"
#include "ir/core/printer.h"
#include "ir/core/verifier.h"
#include "ir/passes/manager.h"
#include "ir/passes/pipeline.h"
#include "runtime/abi/profile_text.h"

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>

namespace {

using namespace krait::ir;

int usage(FILE* to) {
  fputs("usage: krait-opt [options] [FILE]\n"
        "  --passes=a,b,c    run these passes, in this order\n"
        "  -O0, -O2          run the pipeline of the level\n"
        "  --print-after=P   the module after pass P (or all) to standard error; may be repeated\n"
        "  --verify-each     verify after every pass\n"
        "  --time-passes     a table of times to standard error\n"
        "  --bisect-limit=N  run only the first N passes, counted over functions\n"
        "  --profile=FILE    what --profile-use gives krait, for the pass profile-use\n"
        "  --no-verify       do not verify what was read\n"
        "passes:\n",
        to);
  for (const passes::Pass& p : passes::allPasses())
    fprintf(to, "  %-20.*s %.*s\n", static_cast<int>(p.name.size()), p.name.data(), static_cast<int>(p.description.size()),
            p.description.data());
  return to == stdout ? 0 : 2;
}

bool readAll(const char* path, std::string& text) {
  FILE* in = !path || !strcmp(path, "-") ? stdin : fopen(path, "rb");
  if (!in) return false;
  char buffer[65536];
  while (size_t n = fread(buffer, 1, sizeof buffer, in)) text.append(buffer, n);
  bool good = !ferror(in);
  if (in != stdin) fclose(in);
  return good;
}

// The value of "--name=value", or null.
const char* valueOf(const char* argument, const char* name) {
  size_t n = strlen(name);
  return !strncmp(argument, name, n) && argument[n] == '=' ? argument + n + 1 : nullptr;
}

} // namespace

int main(int argc, char** argv) {
  const char *path = nullptr, *profilePath = nullptr;
  bool verifyInput = true;
  passes::ManagerOptions options;
  bool timePasses = false;
  std::vector<passes::PassId> list;
  for (int i = 1; i < argc; ++i) {
    const char* a = argv[i];
    if (!strcmp(a, "--help")) return usage(stdout);
    if (!strcmp(a, "--no-verify")) verifyInput = false;
    else if (!strcmp(a, "--verify-each")) options.verifyEach = true;
    else if (!strcmp(a, "--time-passes")) options.timePasses = timePasses = true;
    else if (const char* v = valueOf(a, "--print-after")) options.printAfter.push_back(v);
    else if (const char* v = valueOf(a, "--bisect-limit")) options.bisectLimit = strtoll(v, nullptr, 10);
    else if (const char* v = valueOf(a, "--profile")) profilePath = v;
    else if (!strcmp(a, "-O0") || !strcmp(a, "-O2")) {
      auto run = passes::pipelineOf(a[2] == '0' ? passes::Level::None : passes::Level::Full);
      list.insert(list.end(), run.begin(), run.end());
    } else if (const char* v = valueOf(a, "--passes")) {
      for (std::string_view rest = v; !rest.empty();) {
        size_t comma = rest.find(',');
        std::string_view name = rest.substr(0, comma);
        rest = comma == std::string_view::npos ? std::string_view() : rest.substr(comma + 1);
        passes::PassId id;
        if (!passes::passFromName(name, id)) {
          fprintf(stderr, "krait-opt: no pass '%.*s'\n", static_cast<int>(name.size()), name.data());
          return 2;
        }
        list.push_back(id);
      }
    } else if (a[0] == '-' && a[1]) {
      return usage(stderr);
    } else {
      path = a;
    }
  }
  std::string text, error;
  if (!readAll(path, text)) {
    fprintf(stderr, "krait-opt: cannot read %s: %s\n", path, strerror(errno));
    return 1;
  }
  std::unique_ptr<core::Module> module = core::parseModule(text, error);
  if (!module) {
    fprintf(stderr, "krait-opt: %s\n", error.c_str());
    return 1;
  }
  krait::Profile profile;
  if (profilePath) {
    std::string counted;
    if (!readAll(profilePath, counted)) error = strerror(errno);
    else if (parseProfile(counted, profile, error)) module->profile = profile.find(module->name, module->filename);
    if (!error.empty()) {
      fprintf(stderr, "krait-opt: %s: %s\n", profilePath, error.c_str());
      return 1;
    }
  }
  auto complain = [](const std::vector<std::string>& complaints) {
    for (const std::string& c : complaints) fprintf(stderr, "krait-opt: %s\n", c.c_str());
    return !complaints.empty();
  };
  if (verifyInput && complain(core::verify(*module))) return 1;
  passes::Manager manager(options);
  if (!manager.run(*module, list, error)) {
    fprintf(stderr, "krait-opt: %s\n", error.c_str());
    return 1;
  }
  if (timePasses) manager.reportTimes();
  fputs(core::toText(*module).c_str(), stdout);
  return 0;
}
