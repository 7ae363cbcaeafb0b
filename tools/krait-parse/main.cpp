// krait-parse: the front end alone, for tests and measurements.
//
//   krait-parse --tokens FILE      the tokens
//   krait-parse --ast FILE...      CPython's ast.dump(), one line per file
//   krait-parse --check FILE...    diagnostics only; exit status 1 if there is an error
//   krait-parse --errors FILE...   the first error as CPython's exception has it
//   krait-parse --time FILE...     processor time of lexing and parsing everything
//
// `--mode=eval` and `--mode=single` choose another start; `--text` takes a file as
// compile() takes a str, without an encoding; `-` is standard input.
// A FILE that begins with `@` names a file that lists files, one per line.
#include "frontend/ast/dump.h"
#include "frontend/ast/repr.h"
#include "frontend/lex/lexer.h"
#include "frontend/parse/parser.h"

#include <cstdio>
#include <cstring>
#include <ctime>
#include <string>
#include <vector>

using namespace krait::frontend;

namespace {

bool readFile(const std::string& path, std::string& out) {
  std::FILE* file = path == "-" ? stdin : std::fopen(path.c_str(), "rb");
  if (file == nullptr) return false;
  char chunk[1 << 16];
  for (size_t n; (n = std::fread(chunk, 1, sizeof chunk, file)) > 0;) out.append(chunk, n);
  if (file != stdin) std::fclose(file);
  return true;
}

std::vector<std::string> expand(const std::vector<std::string>& arguments) {
  std::vector<std::string> files;
  for (const std::string& argument : arguments) {
    if (argument[0] != '@') {
      files.push_back(argument);
      continue;
    }
    std::string list;
    readFile(argument.substr(1), list);
    for (size_t at = 0; at < list.size();) {
      size_t end = std::min(list.find('\n', at), list.size());
      if (end > at) files.push_back(list.substr(at, end - at));
      at = end + 1;
    }
  }
  return files;
}

// "SyntaxError ('message', ('file', 1, 2, 'text', 1, 3))"
std::string asException(const base::Diagnostic& error) {
  std::string out = nameOf(error.category);
  out += " (";
  ast::appendReprOfStr(out, error.message);
  const base::ErrorPosition& at = error.position;
  out += ", (" + std::to_string(at.lineno) + ", " + std::to_string(at.offset) + ", ";
  if (error.hasText)
    ast::appendReprOfStr(out, error.text);
  else
    out += "None";
  out += ", " + std::to_string(at.endLineno) + ", " + std::to_string(at.endOffset) + "))";
  return out;
}

struct Run {
  std::string what;
  parse::Mode mode = parse::Mode::Exec;
  bool isText = false;

  int file(const std::string& path) const {
    std::string bytes;
    if (!readFile(path, bytes)) {
      std::fprintf(stderr, "%s: error: cannot be read\n", path.c_str());
      return 1;
    }
    base::Diagnostics diags;
    base::SymbolTable symbols;
    base::Arena arena;
    auto buffer = isText ? base::SourceBuffer::fromText(path, bytes, diags)
                         : base::SourceBuffer::fromBytes(path, bytes, diags);
    if (buffer != nullptr && what == "--tokens") {
      lex::TokenList tokens;
      lex::tokenize(*buffer, symbols, lex::FinalNewline::Implied, tokens);
      std::fputs(lex::dump(*buffer, tokens).c_str(), stdout);
      return tokens.tokens.back().kind == lex::TokenKind::Error ? 1 : 0;
    }
    const ast::Mod* tree = buffer != nullptr ? parse::parseModule(*buffer, arena, symbols, diags, mode) : nullptr;
    if (what == "--errors") {
      std::printf("%s\n", tree != nullptr ? "ok" : asException(*diags.firstError()).c_str());
      return 0;
    }
    if (what == "--ast" && tree != nullptr) std::printf("%s\n", ast::dump(tree, *buffer, symbols).c_str());
    for (const base::Diagnostic& diagnostic : diags.all()) std::fputs(base::render(diagnostic).c_str(), stderr);
    return tree != nullptr ? 0 : 1;
  }

  int timed(const std::vector<std::string>& paths) const {
    auto now = [] { return static_cast<double>(std::clock()) / CLOCKS_PER_SEC; }; // processor time
    double reading = 0, decoding = 0, lexing = 0, parsing = 0;
    size_t bytes = 0, lines = 0, tokenCount = 0, refused = 0;
    for (const std::string& path : paths) {
      double start = now();
      std::string content;
      if (!readFile(path, content)) continue;
      reading += now() - start;
      start = now();
      base::Diagnostics diags;
      auto buffer = base::SourceBuffer::fromBytes(path, content, diags);
      decoding += now() - start;
      if (buffer == nullptr) {
        ++refused;
        continue;
      }
      bytes += content.size();
      lines += buffer->lineCount();
      {
        start = now();
        base::SymbolTable symbols;
        lex::TokenList tokens;
        lex::tokenize(*buffer, symbols, lex::FinalNewline::Implied, tokens);
        tokenCount += tokens.tokens.size();
        lexing += now() - start;
      }
      start = now();
      base::SymbolTable symbols;
      base::Arena arena;
      if (parse::parseModule(*buffer, arena, symbols, diags, mode) == nullptr) ++refused;
      parsing += now() - start;
    }
    std::printf("%zu files, %zu lines, %zu bytes, %zu tokens, %zu refused\n", paths.size(), lines, bytes, tokenCount,
                refused);
    std::printf("read %.3f s, decode %.3f s, lex alone %.3f s, lex and parse %.3f s\n", reading, decoding,
                lexing, parsing);
    std::printf("total without reading %.3f s\n", decoding + parsing);
    return 0;
  }
};

} // namespace

int main(int argc, char** argv) {
  Run run;
  std::vector<std::string> arguments;
  for (int i = 1; i < argc; ++i) {
    if (std::strcmp(argv[i], "--mode=eval") == 0)
      run.mode = parse::Mode::Eval;
    else if (std::strcmp(argv[i], "--mode=single") == 0)
      run.mode = parse::Mode::Single;
    else if (std::strcmp(argv[i], "--text") == 0)
      run.isText = true;
    else if (std::strncmp(argv[i], "--", 2) == 0)
      run.what = argv[i];
    else
      arguments.emplace_back(argv[i]);
  }
  if (run.what.empty() || arguments.empty()) {
    std::fputs("usage: krait-parse --tokens|--ast|--check|--errors|--time [--mode=eval|single] FILE...\n", stderr);
    return 2;
  }
  std::vector<std::string> files = expand(arguments);
  if (run.what == "--time") return run.timed(files);
  int status = 0;
  for (const std::string& file : files) status |= run.file(file);
  return status;
}
