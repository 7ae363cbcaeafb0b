// frontend_fuzz: random programs through the whole front end, checking what must
// hold for every input.
//
//   frontend_fuzz [--seconds N] [--seed S] [--keep FOLDER] [CORPUS FILE…]
//
// N counts processor time, so that a busy machine does not shorten the run.
// Best built with the sanitizers (preset dev). Before a program is parsed it is
// written to FOLDER/current.py, so that a crash leaves its cause behind. Checked:
//  - a tree or an error, never both or neither;
//  - spans lie in the text, children's numbers are below their parent's;
//  - the dump can be printed;
//  - the parser and the grammar behind the error messages accept the same.
// Exit status 1 at the first program for which something does not hold.
#include "program_maker.h"

#include "frontend/ast/dump.h"
#include "frontend/ast/visitor.h"
#include "frontend/parse/diagnosis.h"
#include "frontend/parse/parser.h"

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>

using namespace krait;
using namespace krait::frontend;

namespace {

struct Counts {
  uint64_t programs = 0, accepted = 0, bytes = 0;
};

bool spansAreSound(const ast::Node* node, uint32_t size) {
  bool sound = node->span.start <= node->span.end && node->span.end <= size;
  ast::forEachChild(node, [&](const ast::Node* child) {
    sound = sound && child->index < node->index && spansAreSound(child, size);
  });
  return sound;
}

// Errors that come from values, limits or f-strings' fields, which the grammar does not see.
bool isBeyondGrammar(const base::Diagnostic& error, bool hasFString) {
  using base::DiagnosticId;
  switch (error.id) {
  case DiagnosticId::TooDeep:
  case DiagnosticId::NestedTooDeeply:
  case DiagnosticId::IntegerTooLong:
  case DiagnosticId::RealNumberRequired:
  case DiagnosticId::ImaginaryNumberRequired:
  case DiagnosticId::BytesNotAscii:
  case DiagnosticId::MixedBytesAndStr:
  case DiagnosticId::BytesEscape:
  case DiagnosticId::UnicodeEscape:
  case DiagnosticId::UnicodeEscapeByte:
  case DiagnosticId::BarryAsFlufl: return true;
  // Inside an f-string, as the text is read by CPython 3.11, whose strings end earlier; the tokens themselves are sound.
  case DiagnosticId::UnterminatedString:
  case DiagnosticId::UnterminatedTripleString:
  case DiagnosticId::UnmatchedBracket:
  case DiagnosticId::BracketMismatch:
  case DiagnosticId::BracketMismatchOnLine:
  case DiagnosticId::NeverClosed:
  case DiagnosticId::InvalidCharacter:
  case DiagnosticId::InvalidNonPrintable:
  case DiagnosticId::InvalidNumber:
  case DiagnosticId::InvalidDigit:
  case DiagnosticId::LeadingZeros:
  case DiagnosticId::AfterLineContinuation: return hasFString;
  default: return error.message.starts_with("f-string") || error.category != base::DiagnosticClass::SyntaxError;
  }
}

const char* firstFlaw(const std::string& program, parse::Mode mode, Counts& counts) {
  base::Diagnostics diags;
  auto buffer = base::SourceBuffer::fromBytes("fuzz.py", program, diags);
  if (buffer == nullptr) return diags.hasErrors() ? nullptr : "refused without an error";
  base::SymbolTable symbols;
  base::Arena arena;
  const ast::Mod* tree = parse::parseModule(*buffer, arena, symbols, diags, mode);
  for (const base::Diagnostic& diagnostic : diags.all()) base::render(diagnostic);
  if ((tree != nullptr) == diags.hasErrors()) return "a tree and errors, or neither";
  if (tree != nullptr) {
    ++counts.accepted;
    if (!spansAreSound(tree, static_cast<uint32_t>(buffer->text().size()))) return "unsound spans or numbers";
    if (ast::dump(tree, *buffer, symbols).empty()) return "an empty dump";
  }
  if (mode != parse::Mode::Exec) return nullptr;
  lex::TokenList tokens;
  lex::tokenize(*buffer, symbols, lex::FinalNewline::Implied, tokens);
  bool hasBroken = false, hasFString = false;
  for (const lex::Token& token : tokens.tokens) {
    hasFString |= token.kind == lex::TokenKind::FStringStart;
    hasBroken |= token.kind == lex::TokenKind::String && (token.flags & lex::string_flag::BrokenFString) != 0;
  }
  if (hasBroken || tokens.tokens.back().kind == lex::TokenKind::Error) return nullptr;
  base::Diagnostics ignored;
  parse::SyntaxErrors errors(*buffer, tokens, ignored, true, false);
  auto verdict = parse::Diagnosis(*buffer, symbols, tokens, errors, false).judge("file");
  using Verdict = parse::Diagnosis::Verdict;
  if (verdict == Verdict::GaveUp) return nullptr;
  if (tree != nullptr && verdict == Verdict::Refused) return "the parser accepts what the grammar refuses";
  if (tree == nullptr && verdict == Verdict::Accepted && !isBeyondGrammar(*diags.firstError(), hasFString))
    return "the parser refuses what the grammar accepts";
  return nullptr;
}

void write(const std::string& path, const std::string& program) {
  if (std::FILE* file = std::fopen(path.c_str(), "wb")) {
    std::fwrite(program.data(), 1, program.size(), file);
    std::fclose(file);
  }
}

std::string read(const char* path) {
  std::string content;
  if (std::FILE* file = std::fopen(path, "rb")) {
    char chunk[1 << 14];
    for (size_t n; (n = std::fread(chunk, 1, sizeof chunk, file)) > 0;) content.append(chunk, n);
    std::fclose(file);
  }
  return content;
}

// Programs of a size at which damage still matters.
void addToCorpus(std::vector<std::string>& corpus, std::string content) {
  constexpr size_t kLargest = 500;
  for (size_t at = 0; at < content.size();) {
    size_t end = content.find("\n\n", at + kLargest / 2);
    if (end == std::string::npos) end = content.size();
    if (end - at <= 2 * kLargest) corpus.push_back(content.substr(at, end - at));
    at = end + 2;
  }
}

} // namespace

int main(int argc, char** argv) {
  long seconds = 60;
  uint64_t seed = 1;
  std::string folder = ".";
  std::vector<std::string> corpus;
  for (int i = 1; i < argc; ++i) {
    if (std::strcmp(argv[i], "--seconds") == 0 && i + 1 < argc)
      seconds = std::atol(argv[++i]);
    else if (std::strcmp(argv[i], "--seed") == 0 && i + 1 < argc)
      seed = std::strtoull(argv[++i], nullptr, 10);
    else if (std::strcmp(argv[i], "--keep") == 0 && i + 1 < argc)
      folder = argv[++i];
    else
      addToCorpus(corpus, read(argv[i]));
  }
  fuzz::Random random(seed);
  Counts counts;
  for (std::clock_t start = std::clock(); (std::clock() - start) / CLOCKS_PER_SEC < seconds;) {
    for (int batch = 0; batch < 64; ++batch) {
      std::string program;
      switch (random.below(4)) {
      case 0: program = fuzz::tokenSoup(random); break;
      case 1: program = fuzz::grammarProgram(random); break;
      case 2: program = fuzz::damaged(random, fuzz::grammarProgram(random), corpus); break;
      default:
        if (corpus.empty()) continue;
        program = fuzz::damaged(random, corpus[random.below(static_cast<uint32_t>(corpus.size()))], corpus);
      }
      parse::Mode mode = random.oneIn(8) ? parse::Mode::Single : random.oneIn(8) ? parse::Mode::Eval : parse::Mode::Exec;
      write(folder + "/current.py", program);
      ++counts.programs;
      counts.bytes += program.size();
      if (const char* flaw = firstFlaw(program, mode, counts)) {
        std::printf("%s (mode %d), in %s/current.py:\n%s\n", flaw, static_cast<int>(mode), folder.c_str(), program.c_str());
        return 1;
      }
    }
  }
  std::printf("%llu programs (%llu accepted), %llu bytes, no flaw\n", static_cast<unsigned long long>(counts.programs),
              static_cast<unsigned long long>(counts.accepted), static_cast<unsigned long long>(counts.bytes));
  return 0;
}
