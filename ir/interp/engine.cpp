#include "ir/interp/engine.h"

#include "frontend/base/arena.h"
#include "frontend/base/encoding.h"
#include "frontend/base/source_buffer.h"
#include "frontend/parse/parser.h"
#include "frontend/sema/analysis.h"
#include "ir/build/build.h"
#include "ir/interp/ast_classes.h"
#include "ir/interp/ast_import.h"
#include "ir/interp/bytecode_source.h"
#include "ir/interp/kept_code.h"
#include "ir/interp/kept_tree.h"
#include "ir/passes/manager.h"
#include "ir/vm/vm.h"
#include "runtime/abi/observers.h"
#include "runtime/exceptions/exception.h"
#include "runtime/modules/importing/source_files.h"
#include "runtime/modules/sys_info.h"
#include "runtime/threads/tracing.h"
#include "runtime/object/protocol.h"
#include "runtime/types/bytes.h"
#include "runtime/types/code_object.h"
#include "runtime/types/function.h"
#include "runtime/types/int.h"
#include "runtime/types/int_text.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>

namespace krait::ir::interp {

namespace fe = krait::frontend;

namespace {
fe::parse::Mode parseMode(CompileMode mode) {
  switch (mode) {
  case CompileMode::Eval: return fe::parse::Mode::Eval;
  case CompileMode::Single: return fe::parse::Mode::Single;
  case CompileMode::FunctionType: return fe::parse::Mode::FunctionType;
  default: return fe::parse::Mode::Exec;
  }
}

// sys.set_int_max_str_digits holds for literals, too.
size_t maxDigits() { return intMaxStrDigits ? static_cast<size_t>(intMaxStrDigits) : SIZE_MAX; }

// From the tree on. Null after reporting an error.
Unit* compileTree(const fe::base::SourceBuffer& buffer, const fe::ast::Mod* tree, fe::base::SymbolTable& symbols,
                  const std::string& filename, const SourceOptions& options, fe::base::Diagnostics& diags) {
  fe::sema::Options semaOptions{.futureFlags = options.futureFlags,
                                .allowTopLevelAwait = options.allowTopLevelAwait,
                                .optimize = options.optimize > 0};
  auto analysis = fe::sema::analyze(buffer, tree, symbols, diags, semaOptions);
  if (!analysis) return nullptr;
  // It listens to events: so everything from here on reports them.
  if (analysis->observers & fe::sema::kObserveEvents) eventsObserved = true;
  build::Options buildOptions{.mode = !options.inNamespace                        ? build::Mode::Module
                                      : options.mode == CompileMode::Eval   ? build::Mode::Eval
                                      : options.mode == CompileMode::Single ? build::Mode::Single
                                                                            : build::Mode::Exec,
                              .moduleName = options.moduleName,
                              .filename = filename,
                              .events = eventsObserved,
                              .frames = (analysis->observers & fe::sema::kObserveFrameLocals) != 0,
                              .counts = (analysis->observers & fe::sema::kObserveExactCounts) != 0,
                              .optimize = options.optimize};
  std::unique_ptr<core::Module> module = build::buildModule(buffer, tree, *analysis, symbols, buildOptions);
  module->keepsCells = buildOptions.events || (analysis->observers & ~uint32_t{fe::sema::kObserveNumberIdentity | fe::sema::kObserveAllocations});
  passes::ManagerOptions managerOptions;
#if __has_feature(address_sanitizer)
  managerOptions.verifyEach = true; // elsewhere a tenth of the time goes into it
#endif
  passes::Manager manager(managerOptions);
  std::string error;
  if (!manager.run(*module, passes::pipelineOf(options.level), error)) {
    fprintf(stderr, "krait: internal error in %s: %s\n", filename.c_str(), error.c_str());
    abort();
  }
  Unit* unit = Unit::load(std::move(module));
  if (buildOptions.events) unit->info().observers |= kObservedEvents;
  // Of the program itself; library modules that are interpreted count no more than compiled ones.
  if (!options.inNamespace && (analysis->observers & fe::sema::kObserveNumberIdentity))
    unit->info().observers |= kObservedNumberIdentity;
  return unit;
}

fe::base::SourceBuffer::Origin originOf(const SourceOptions& options) {
  return options.isScript ? fe::base::SourceBuffer::Origin::Script : fe::base::SourceBuffer::Origin::Bytes;
}
} // namespace

Unit* compileSource(std::string_view text, std::string filename, const SourceOptions& options,
                    fe::base::Diagnostics& diags) {
  auto buffer = options.isBytes ? fe::base::SourceBuffer::fromBytes(filename, text, diags, originOf(options))
                                : fe::base::SourceBuffer::fromText(filename, text, diags);
  if (!buffer) return nullptr;
  fe::base::Arena arena;
  fe::base::SymbolTable symbols;
  fe::parse::Options parseOptions{.barryAsFlufl = (options.futureFlags & fe::sema::kFutureBarryAsFlufl) != 0,
                                  .nameIncompleteInput = options.nameIncompleteInput,
                                  .requireBlankLine = options.requireBlankLine,
                                  .maxDigits = maxDigits()};
  const fe::ast::Mod* tree = fe::parse::parseModule(*buffer, arena, symbols, diags, parseMode(options.mode), parseOptions);
  if (!tree) return nullptr;
  return compileTree(*buffer, tree, symbols, filename, options, diags);
}

namespace {

const Type& typeFor(fe::base::DiagnosticClass category) {
  using enum fe::base::DiagnosticClass;
  switch (category) {
  case SyntaxError: return SyntaxErrorType;
  case IndentationError: return IndentationErrorType;
  case TabError: return TabErrorType;
  case ValueError: return ValueErrorType;
  case OverflowError: return OverflowErrorType;
  case MemoryError: return MemoryErrorType;
  case RecursionError: return RecursionErrorType;
  case SyntaxWarning: return SyntaxWarningType;
  case DeprecationWarning: return DeprecationWarningType;
  }
  return SyntaxErrorType;
}

/// The text of a line of a file, with its end; None if there is no such file or line.
Value lineOfFile(Value file, int number) {
  Ref text(readSourceFile(file));
  if (!text) errorClear();
  const StrObject* s = text ? asStr(text) : nullptr;
  for (int64_t from = 0; s && number > 0 && from < s->length; --number) {
    int64_t to = from;
    while (to < s->length && s->at(to) != '\n') ++to;
    if (number == 1) return strSubstring(text, from, std::min(to + 1, s->length));
    from = to + 1;
  }
  return newRef(none());
}

// SyntaxErrors carry (msg, (filename, lineno, offset, text, end_lineno, end_offset)). What no parser finds has its line from
// the file, and the symbol table sets the attributes behind the constructor's back.
Value exceptionOf(const fe::base::Diagnostic& d) {
  using fe::base::DiagnosticStep;
  const Type& type = typeFor(d.category);
  if (d.category == fe::base::DiagnosticClass::MemoryError) return call(asValue(&type));
  Ref message(newStr(d.message));
  if (!message) return Value();
  // What is not about a text, or about a script that is none.
  if (d.category > fe::base::DiagnosticClass::TabError || d.id == fe::base::DiagnosticId::NotUtf8) return call(asValue(&type), {message.get()});
  const DiagnosticStep step = stepOf(d.id);
  Ref file(newStr(d.file));
  if (!file) return Value();
  Ref line(step != DiagnosticStep::Parser ? lineOfFile(file, d.position.lineno) : d.hasText ? newStr(d.text) : newRef(none()));
  if (!line) return Value();
  if (step == DiagnosticStep::SymbolTable) {
    Ref made(call(asValue(&type), {message.get()}));
    if (!made) return Value();
    auto* e = static_cast<SyntaxErrorObject*>(asException(made));
    assign(e->filename, file.release());
    assign(e->text, line.release());
    assign(e->lineno, newInt(d.position.lineno));
    assign(e->offset, newInt(d.position.offset));
    assign(e->endLineno, newInt(d.position.endLineno));
    const bool isFuture = d.id == fe::base::DiagnosticId::FutureUnknown || d.id == fe::base::DiagnosticId::FutureBraces;
    assign(e->endOffset, isFuture ? newRef(none()) : newInt(d.position.endOffset));
    return made.release();
  }
  const bool isOfWhole = d.position.offset == -1 && d.position.endLineno == 0; // of no place in the text
  Ref where(isOfWhole ? newTuple({file, newInt(d.position.lineno), newInt(d.position.offset), line})
                      : newTuple({file, newInt(d.position.lineno), newInt(d.position.offset), line,
                                  newInt(d.position.endLineno), newInt(d.position.endOffset)}));
  return where ? call(asValue(&type), {message.get(), where.get()}) : Value();
}

// Whether the tokenizer finds it out itself, and counts characters.
bool isOfTokenizer(fe::base::DiagnosticId id) {
  using enum fe::base::DiagnosticId;
  return id >= InconsistentTabs && id <= NumberBeforeKeyword && id != NeverClosed && id != IncompleteInput && id != UnexpectedEof;
}

// The columns of CPython's parser, which counts bytes where nothing tells it the encoding of bytes: neither a mark nor a declaration. Of
// leading zeros the tokenizer says bytes, too, in any text.
void countBytes(std::string_view source, bool isBytes, fe::base::Diagnostics& diags) {
  using enum fe::base::DiagnosticId;
  const bool knowsEncoding = !isBytes || source.starts_with("\xEF\xBB\xBF") || !fe::base::declaredEncoding(source).empty();
  auto countsBytes = [knowsEncoding](const fe::base::Diagnostic& d) {
    if (d.id == LeadingZeros) return true;
    return !knowsEncoding && !fe::base::isWarning(d.category) && stepOf(d.id) == fe::base::DiagnosticStep::Parser && !isOfTokenizer(d.id);
  };
  if (std::none_of(diags.all().begin(), diags.all().end(), countsBytes)) return;
  const bool isNoText = fe::base::findInvalidUtf8(source) != std::string_view::npos;
  fe::base::Diagnostics counted;
  for (fe::base::Diagnostic d : diags.all()) {
    auto inBytes = [&d](int& offset) {
      size_t at = 0;
      for (int characters = 1; at < d.text.size() && (characters < offset || (d.text[at] & 0xC0) == 0x80); ++at)
        characters += (d.text[at] & 0xC0) != 0x80;
      if (offset > 0 && at < d.text.size()) offset = static_cast<int>(at) + 1;
    };
    const bool isCounted = d.id == UndecodableByte || d.id == UndecodableBytes || (isNoText && d.id == BytesNotAscii); // parse/undecoded.cpp
    if (d.hasText && !isCounted && countsBytes(d)) {
      inBytes(d.position.offset);
      if (d.position.endLineno == d.position.lineno) inBytes(d.position.endOffset);
    }
    counted.add(std::move(d));
  }
  diags = std::move(counted);
}

// Hands warnings to the warnings module and raises the first error: -1 with that, or if a warning was turned into an error.
int32_t report(const fe::base::Diagnostics& diags) {
  for (const fe::base::Diagnostic& d : diags.all()) {
    if (!fe::base::isWarning(d.category)) {
      raiseDiagnostic(d);
      return -1;
    }
    Ref warnings(importModule("warnings"));
    if (!warnings) {
      errorClear();
      return 0;
    }
    Ref text(newStr(d.message)), file(newStr(d.file));
    Ref done(callMethod(warnings, "warn_explicit",
                        {text, asValue(&typeFor(d.category)), file, newInt(d.position.lineno)}));
    if (done) continue;
    // "error" filters make it a SyntaxError at that place.
    if (errorMatches(typeFor(d.category))) {
      errorClear();
      fe::base::Diagnostic asError = d;
      asError.category = fe::base::DiagnosticClass::SyntaxError;
      raiseDiagnostic(asError);
    }
    return -1;
  }
  return 0;
}

constexpr uint32_t kDontImplyDedent = 0x200, kAllowIncompleteInput = 0x4000, kOnlyAst = 0x400, kTypeComments = 0x1000, kAllowTopLevelAwait = 0x2000; // PyCF_*

// ast.parse: the tree as Python objects.
Value parseOnly(std::string_view text, const std::string& filename, const SourceOptions& options, fe::base::Diagnostics& diags) {
  auto buffer = options.isBytes ? fe::base::SourceBuffer::fromBytes(filename, text, diags, originOf(options))
                                : fe::base::SourceBuffer::fromText(filename, text, diags);
  fe::base::Arena arena;
  fe::base::SymbolTable symbols;
  fe::parse::TypeComments comments;
  fe::parse::Options parseOptions{.barryAsFlufl = (options.futureFlags & fe::sema::kFutureBarryAsFlufl) != 0,
                                  .typeComments = options.typeComments ? &comments : nullptr, .maxDigits = maxDigits()};
  if (options.featureVersion >= 0) parseOptions.featureVersion = options.featureVersion;
  const fe::ast::Mod* tree = buffer ? fe::parse::parseModule(*buffer, arena, symbols, diags, parseMode(options.mode), parseOptions) : nullptr;
  countBytes(text, options.isBytes, diags);
  for (const fe::base::Diagnostic& d : diags.all())
    if (d.category == fe::base::DiagnosticClass::RecursionError)
      return raise(RecursionErrorType, "maximum recursion depth exceeded during ast construction");
  return report(diags) < 0 ? Value() : exportTree(tree, *buffer, symbols, comments);
}

// The code object of the whole, which is from then on what keeps the unit (null: the text was refused).
Value codeOfUnit(Unit* unit, const fe::base::Diagnostics& diags) {
  Ref code(unit ? codeObjectOf(unit->body()) : Value());
  if (unit) unit->drop();
  return report(diags) < 0 ? Value() : code.release();
}

// compile(tree, …)
Value compileNode(Value root, const std::string& filename, CompileMode mode, const SourceOptions& options) {
  constexpr std::pair<CompileMode, fe::ast::NodeKind> kRoots[] = {{CompileMode::Exec, fe::ast::NodeKind::Module},
                                                                  {CompileMode::Eval, fe::ast::NodeKind::Expression},
                                                                  {CompileMode::Single, fe::ast::NodeKind::Interactive}};
  for (auto& [wanted, kind] : kRoots) {
    if (wanted != mode) continue;
    Value cls = astClass(fe::ast::pythonName(kind));
    if (!cls || !isInstanceOf(root, *cls.as<Type>()))
      return raise(TypeErrorType, "expected %s node, got %N", fe::ast::pythonName(kind), typeOf(root));
  }
  auto kept = std::make_unique<KeptTree>();
  kept->root = importTree(root, filename, kept->arena, kept->symbols, kept->buffer);
  const fe::ast::Mod* tree = kept->root;
  if (!tree) return Value();
  fe::base::Diagnostics diags;
  Unit* unit = compileTree(*kept->buffer, tree, kept->symbols, filename, options, diags);
  if (unit) unit->keepTree(std::move(kept));
  return codeOfUnit(unit, diags);
}

// What bytes of another encoding than UTF-8 say, by the codec of the name that they declare: str, None if they declare none,
// null with a SyntaxError.
Value decodeDeclared(std::string_view bytes, const std::string& filename) {
  const std::string encoding = bytes.starts_with("\xef\xbb\xbf") ? "" : fe::base::declaredEncoding(bytes);
  if (encoding.empty() || encoding == "utf-8") return newRef(none());
  const std::string whole = std::string(bytes) + (bytes.ends_with('\n') ? "" : "\n");
  Value text = decodeBytes(reinterpret_cast<const uint8_t*>(whole.data()), whole.size(), encoding.c_str(), nullptr);
  if (text || !errorMatches(ExceptionType)) return text;
  Ref error = errorTake(), message(str(error)), file(newStr(filename));
  Ref where(message && file ? newTuple({file, newInt(0), newInt(-1), newRef(none())}) : Value());
  Ref told(where ? call(asValue(&SyntaxErrorType), {message.get(), where.get()}) : Value());
  return told ? raiseInstance(told.release()) : Value();
}

Value compileHook(Value source, Value filename, CompileMode mode, uint32_t flags, int32_t optimize, int32_t featureVersion) {
  const bool mayBeKept = (flags & kOnlyToRun) && isExactStr(source);
  if (mayBeKept)
    if (Value code = keptCode(source, mode, flags & kFutureFlags)) return newRef(code);
  SourceOptions options{.mode = mode,
                        .futureFlags = flags & kFutureFlags,
                        .allowTopLevelAwait = (flags & kAllowTopLevelAwait) != 0,
                        .nameIncompleteInput = (flags & kAllowIncompleteInput) != 0,
                        .requireBlankLine = (flags & kDontImplyDedent) != 0,
                        .typeComments = (flags & kTypeComments) != 0,
                        .featureVersion = featureVersion,
                        .optimize = optimize < 0 ? std::min(runtimeFlags.optimize, 2) : optimize,
                        .isScript = (flags & kIsScript) != 0};
  Ref file(encodeStr(filename, "utf-8", "surrogateescape")); // names of files may be no text
  if (!file) return Value();
  const std::string fileBytes(bytesView(file));
  if (isAstNode(source)) return compileNode(source, fileBytes, mode, options);
  fe::base::Diagnostics diags;
  options.isBytes = isBytes(source);
  Ref decoded(options.isBytes ? decodeDeclared(bytesView(source), fileBytes) : newRef(none()));
  if (!decoded) return Value();
  if (isStr(decoded)) {
    options.isBytes = false;
    source = decoded;
  }
  std::string text;
  if (options.isBytes) {
    text = bytesView(source);
  } else {
    Utf8 utf8(source);
    if (!utf8.ok()) return Value();
    text = utf8.view();
  }
  if (flags & kOnlyAst) return parseOnly(text, fileBytes, options, diags);
  Unit* unit = compileSource(text, fileBytes, options, diags);
  countBytes(text, options.isBytes, diags);
  const Value code = codeOfUnit(unit, diags);
  if (mayBeKept && code && diags.all().empty()) keepCode(source, mode, flags & kFutureFlags, code);
  return code;
}

// A body runs as bytecode while lines are traced.
bool tracesBody() { return krt_hot.traced && !currentThread()->tracing; }

Value executeHook(Value code, Value globals, Value locals, Value closure) {
  const CodeInfo* info = codeInfoOf(code);
  const CodeInfo* runnable = codeForGlobals(info, globals);
  Ref function(runnable ? krt_function_new(runnable, globals, Value(), Value(), Value(), closure) : Value());
  if (!function) return Value();
  if (info->flags & kCodeOptimized) return call(function); // a function's: it takes no arguments, or complains
  Value argv[1] = {};
  if (tracesBody() && vm::hasProgram(info))
    return vm::runBody(function.as<FunctionObject>(), locals);
  if (info->paramCount == 1) argv[0] = newRef(locals);
  return runnable->invoke(function.as<FunctionObject>(), argv);
}

constexpr EngineHooks kHooks{compileHook, executeHook, bytecodeOf, sourceOf, isAstNode, vm::bindEntries, vm::hasProgram, vm::bytecodeInfo, vm::call, vm::jump};

} // namespace

void raiseDiagnostic(const fe::base::Diagnostic& diagnostic) {
  if (Value exception = exceptionOf(diagnostic)) raiseInstance(exception);
}

} // namespace krait::ir::interp

namespace krait {
const EngineHooks* krt_engine_hooks = &ir::interp::kHooks;
}
