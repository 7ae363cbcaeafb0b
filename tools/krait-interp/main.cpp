// krait-interp: runs a whole program on the IR interpreter.
//
//   krait-interp [-O0 | -O2 | --ir] FILE [ARGS…]
//
// -O2 runs the optimising passes too: what they do is tested without codegen. --ir: the file is the text of a module's
// IR as krait-opt writes it ("-": standard input), through the passes already.
// A second implementation beside compiled code: the same front end, IR and
// runtime, but none of codegen. Modules of the program are found as source.
#include "frontend/base/diagnostics.h"
#include "ir/core/parser.h"
#include "ir/core/verifier.h"
#include "ir/interp/engine.h"
#include "runtime/startup/own_executable.h"
#include "runtime/startup/startup.h"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <string>
#include <unistd.h>

namespace {

bool readFile(const char* path, std::string& text) {
  FILE* in = strcmp(path, "-") ? fopen(path, "rb") : stdin;
  if (!in) return false;
  char buffer[65536];
  while (size_t n = fread(buffer, 1, sizeof buffer, in)) text.append(buffer, n);
  bool good = !ferror(in);
  if (in != stdin) fclose(in);
  return good;
}

// Null after complaining.
krait::ir::interp::Unit* loadIr(const std::string& text) {
  using namespace krait::ir;
  std::string error;
  std::unique_ptr<core::Module> module = core::parseModule(text, error);
  if (!module) {
    fprintf(stderr, "krait-interp: %s\n", error.c_str());
    return nullptr;
  }
  const std::vector<std::string> complaints = core::verify(*module);
  for (const std::string& c : complaints) fprintf(stderr, "krait-interp: %s\n", c.c_str());
  return complaints.empty() ? interp::Unit::load(std::move(module)) : nullptr;
}

// As CPython names the main script in tracebacks and __file__.
std::string absolutePath(const char* path) {
  char folder[4096];
  if (path[0] == '/' || !getcwd(folder, sizeof folder)) return path;
  return std::string(folder) + "/" + path;
}

int run(int argc, char** argv, krait::ir::interp::Unit* unit) {
  const krait::ProgramInfo program{&unit->info(), "/usr/lib/python311.zip:/usr/lib/python3.11:/usr/lib/python3.11/lib-dynload:" KRAIT_OWN_MODULES};
  return krt_main(argc, argv, &program);
}

} // namespace

int main(int argc, char** argv) {
  using namespace krait;
  auto level = ir::passes::Level::None;
  frontend::base::Diagnostics diags;
  if (startedAsInterpreter(argv)) { // a program's own child: what it runs stands in its arguments
    ir::interp::SourceOptions nothing{.inNamespace = false, .moduleName = "__main__"};
    return run(argc, argv, ir::interp::compileSource("", "", nothing, diags));
  }
  const bool isIr = argc > 1 && !strcmp(argv[1], "--ir");
  if (isIr) --argc, ++argv;
  else if (argc > 1 && (!strcmp(argv[1], "-O0") || !strcmp(argv[1], "-O2"))) {
    if (argv[1][2] == '2') level = ir::passes::Level::Full;
    --argc, ++argv;
  }
  if (argc < 2) {
    fputs("usage: krait-interp [-O0|-O2|--ir] FILE [ARGS...]\n", stderr);
    return 2;
  }
  std::string text;
  if (!readFile(argv[1], text)) {
    fprintf(stderr, "krait-interp: cannot read %s: %s\n", argv[1], strerror(errno));
    return 2;
  }
  if (isIr) {
    ir::interp::Unit* unit = loadIr(text);
    return unit ? run(argc - 1, argv + 1, unit) : 1;
  }
  ir::interp::SourceOptions options{.isBytes = true, .isScript = true, .inNamespace = false, .moduleName = "__main__", .level = level};
  ir::interp::Unit* unit = ir::interp::compileSource(text, absolutePath(argv[1]), options, diags);
  for (const frontend::base::Diagnostic& d : diags.all())
    if (!unit || isWarning(d.category)) fputs(frontend::base::render(d).c_str(), stderr);
  if (!unit) return 1;
  return run(argc - 1, argv + 1, unit);
}
