// krait-ir: what the rooms between the parser and the passes make of a file.
//
//   krait-ir [--scopes | --imports | --observers | --bytecode | --check] [--mode=module|exec|eval|single] FILE…
//
// Prints the IR, verified, or one of the side tables, or CPython's bytecode in hexadecimal; --check prints nothing but
// errors. Diagnostics go to stderr. Exit status 1 if a file is refused or breaks a rule.
#include "frontend/parse/parser.h"
#include "frontend/sema/analysis.h"
#include "ir/build/build.h"
#include "ir/bytecode/compile.h"
#include "ir/core/parser.h"
#include "ir/core/printer.h"
#include "ir/core/verifier.h"

#include <cstdio>
#include <fstream>
#include <sstream>
#include <string_view>

using namespace krait;
namespace base = frontend::base;

namespace {

enum class Print { Ir, Scopes, Imports, Observers, Bytecode, Nothing };

struct Request {
  Print print = Print::Ir;
  ir::build::Mode mode = ir::build::Mode::Module;
};

bool report(const base::Diagnostics& diags) {
  for (const base::Diagnostic& d : diags.all()) {
    std::string text = base::render(d);
    fwrite(text.data(), 1, text.size(), stderr);
  }
  return diags.hasErrors();
}

// The printer's text must read back to the same text.
bool roundTrips(const ir::core::Module& module) {
  std::string error, text = ir::core::toText(module);
  auto again = ir::core::parseModule(text, error);
  if (again && ir::core::toText(*again) == text) return true;
  fprintf(stderr, "%s: the textual form does not round-trip: %s\n", module.filename.c_str(), error.c_str());
  return false;
}

void printHex(const std::string& bytes) {
  for (unsigned char c : bytes) printf("%02x", c);
  putchar('\n');
}

void printBytecode(const ir::bytecode::CodeUnit& u, const ir::core::Module& module) {
  printf("code %s line %u flags %u stack %u\n", u.qualname.c_str(), u.firstLine, u.flags, u.stackSize);
  auto list = [](const char* label, const std::vector<std::string>& names) {
    printf("%s", label);
    for (const std::string& n : names) printf(" %s", n.c_str());
    putchar('\n');
  };
  list("names", u.names);
  list("varnames", u.varNames);
  list("cells", u.cellNames);
  list("frees", u.freeNames);
  for (const auto& c : u.constants)
    printf("const %s\n", c.unit >= 0 ? "code" : ir::core::toText(module, c.id).c_str());
  printf("bytes ");
  printHex(u.code);
  printf("lines ");
  printHex(u.lineTable);
  printf("exceptions ");
  printHex(u.exceptionTable);
  for (const auto& inner : u.units) printBytecode(*inner, module);
}

bool process(const char* path, const Request& request) {
  std::ifstream file(path, std::ios::binary);
  std::stringstream bytes;
  bytes << file.rdbuf();
  if (!file) {
    fprintf(stderr, "krait-ir: cannot read %s\n", path);
    return false;
  }
  base::Diagnostics diags;
  base::Arena arena;
  base::SymbolTable symbols;
  auto buffer = base::SourceBuffer::fromBytes(path, bytes.str(), diags);
  if (!buffer) return report(diags), false;
  auto mode = request.mode == ir::build::Mode::Eval     ? frontend::parse::Mode::Eval
              : request.mode == ir::build::Mode::Single ? frontend::parse::Mode::Single
                                                        : frontend::parse::Mode::Exec;
  const frontend::ast::Mod* tree = frontend::parse::parseModule(*buffer, arena, symbols, diags, mode);
  if (!tree) return report(diags), false;
  auto analysis = frontend::sema::analyze(*buffer, tree, symbols, diags);
  report(diags);
  if (!analysis) return false;
  if (request.print == Print::Scopes) {
    fputs(frontend::sema::dump(analysis->scopes, symbols).c_str(), stdout);
    return true;
  }
  if (request.print == Print::Imports) {
    for (auto& e : analysis->imports.edges) {
      printf("%d %s", e.level, e.module.c_str());
      for (auto& name : e.names) printf(" %s", name.c_str());
      printf("%s%s\n", e.guarded ? " [guarded]" : "", e.inFunction() ? " [in function]" : "");
    }
    return true;
  }
  if (request.print == Print::Observers) {
    printf("%u\n", analysis->observers);
    return true;
  }
  if (request.print == Print::Bytecode) {
    ir::core::Module constants;
    printBytecode(*ir::bytecode::compileModule(*buffer, tree, *analysis, symbols, constants.constants), constants);
    return true;
  }
  ir::build::Options options;
  options.mode = request.mode;
  auto module = ir::build::buildModule(*buffer, tree, *analysis, symbols, options);
  auto broken = ir::core::verify(*module);
  for (auto& message : broken) fprintf(stderr, "%s: %s\n", path, message.c_str());
  if (request.print == Print::Ir) {
    std::string text = ir::core::toText(*module);
    fwrite(text.data(), 1, text.size(), stdout);
  }
  return broken.empty() && (request.print == Print::Ir || roundTrips(*module));
}

} // namespace

int main(int argc, char** argv) {
  Request request;
  bool good = true, any = false;
  for (int i = 1; i < argc; ++i) {
    std::string_view arg = argv[i];
    if (arg == "--scopes") request.print = Print::Scopes;
    else if (arg == "--imports") request.print = Print::Imports;
    else if (arg == "--observers") request.print = Print::Observers;
    else if (arg == "--bytecode") request.print = Print::Bytecode;
    else if (arg == "--check") request.print = Print::Nothing;
    else if (arg == "--mode=module") request.mode = ir::build::Mode::Module;
    else if (arg == "--mode=exec") request.mode = ir::build::Mode::Exec;
    else if (arg == "--mode=eval") request.mode = ir::build::Mode::Eval;
    else if (arg == "--mode=single") request.mode = ir::build::Mode::Single;
    else good = process(argv[i], request) && good, any = true;
  }
  if (!any) fprintf(stderr, "usage: krait-ir [--scopes|--imports|--observers|--bytecode|--check] [--mode=MODE] FILE...\n");
  return good && any ? 0 : 1;
}
