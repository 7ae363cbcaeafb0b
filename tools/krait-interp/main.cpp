// krait-interp: runs a whole program on the IR interpreter.
//
//   krait-interp FILE [ARGS…]
//
// A second implementation beside compiled code: the same front end, IR and
// runtime, but none of codegen. Modules of the program are found as source.
#include "frontend/base/diagnostics.h"
#include "ir/interp/engine.h"
#include "runtime/startup/startup.h"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <string>

namespace {

bool readFile(const char* path, std::string& text) {
  FILE* in = fopen(path, "rb");
  if (!in) return false;
  char buffer[65536];
  while (size_t n = fread(buffer, 1, sizeof buffer, in)) text.append(buffer, n);
  bool good = !ferror(in);
  fclose(in);
  return good;
}

} // namespace

int main(int argc, char** argv) {
  using namespace krait;
  if (argc < 2) {
    fputs("usage: krait-interp FILE [ARGS...]\n", stderr);
    return 2;
  }
  std::string text;
  if (!readFile(argv[1], text)) {
    fprintf(stderr, "krait-interp: cannot read %s: %s\n", argv[1], strerror(errno));
    return 2;
  }
  frontend::base::Diagnostics diags;
  ir::interp::SourceOptions options{.isBytes = true, .inNamespace = false, .moduleName = "__main__"};
  ir::interp::Unit* unit = ir::interp::compileSource(text, argv[1], options, diags);
  for (const frontend::base::Diagnostic& d : diags.all())
    if (!unit || isWarning(d.category)) fputs(frontend::base::render(d).c_str(), stderr);
  if (!unit) return 1;
  return krt_main(argc - 1, argv + 1, &unit->info());
}
