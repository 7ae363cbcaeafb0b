// readline: editing of input lines, history and completion, by libedit's
// interface of that name (GNU readline's licence would bind programs).
//
// Importing it makes input() read through it when standard input and output are
// terminals. As under a CPython with libedit, `readline.__doc__` names it.
#include <algorithm>
#include <cerrno>
#include <climits>
#include <clocale>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <cwchar>
#include <fcntl.h>
#include <poll.h>
#include <string>
#include <unistd.h>
#include <vector>
#include "runtime/builtins/hooks.h"
#include "runtime/modules/path_argument.h"
#include "runtime/modules/unix/readline_variables.h"
#include "runtime/object/protocol.h"
#include "runtime/threads/blocking.h"
#include "runtime/threads/thread_state.h"
#include "runtime/types/arguments.h"
#include "runtime/types/bytes.h"
#include "runtime/types/function.h"
#include "runtime/types/int.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"

namespace krait {
namespace {

Value completer, startupHook, preInputHook, displayHook; // callables or null
Value beginIndex, endIndex;                              // of the word that is completed, ints or null
int completionType, historyLength = -1;
bool addsHistory = true, startedAnywhere, startedOnTerminal;
std::vector<std::string> bindings; // what was asked for

Value encoded(Value v) {
  if (isStr(v)) return encodeStr(v, "utf-8", "surrogateescape");
  return raise(TypeErrorType, "bad argument type for built-in operation");
}
/// A file name that may be None; false with an error.
bool fileArgument(Value v, Ref* out) {
  if (!v || isNone(v)) return true;
  out->reset(fileSystemPath(v));
  return static_cast<bool>(*out);
}
const char* textOrNull(const Ref& bytes) { return bytes ? bytesView(bytes).data() : nullptr; }
Value fromStatus(int status) { return status ? raiseOsError(status) : newRef(none()); }

// ---- configuration and history -----------------------------------------------------------------

Value parseAndBind(Value, Value v) {
  Ref line(encoded(v));
  if (!line) return Value();
  std::string copy(bytesView(line)); // which the library may change
  // GNU readline's way to say it, which many programs know alone.
  if (copy == "tab: complete" || copy == "tab:complete") copy = "bind ^I rl_complete";
  bindings.push_back(copy);
  rl_parse_and_bind(copy.data());
  return newRef(none());
}
Value readInitFile(Value, const Value* argv) {
  Ref name;
  return fileArgument(argv[0], &name) ? fromStatus(rl_read_init_file(textOrNull(name))) : Value();
}
int historyCount() { // the variable of that name is not kept
  HISTORY_STATE* state = history_get_history_state();
  const int count = state ? state->length : 0;
  free(state);
  return count;
}
// History files have a line per entry, as GNU readline's: libedit's own have a head and escapes, which are read, too.

std::string historyPath(const Ref& name) {
  if (name) return std::string(bytesView(name));
  const char* home = getenv("HOME");
  return std::string(home ? home : ".") + "/.history";
}
/// The status: 0 or an errno.
int readLines(const std::string& path, std::vector<std::string>* lines) {
  FILE* file = fopen(path.c_str(), "re");
  if (!file) return errno;
  char* line = nullptr;
  size_t room = 0;
  for (ssize_t n; (n = getline(&line, &room, file)) >= 0;) lines->emplace_back(line, static_cast<size_t>(n) - (n > 0 && line[n - 1] == '\n'));
  free(line);
  fclose(file);
  return 0;
}
int writeLines(const std::string& path, const char* mode, const std::vector<std::string>& lines) {
  FILE* file = fopen(path.c_str(), mode);
  if (!file) return errno;
  bool good = true;
  for (const std::string& line : lines) good = fwrite(line.data(), 1, line.size(), file) == line.size() && putc('\n', file) != EOF && good;
  const int failure = good ? 0 : errno;
  return fclose(file) == 0 ? failure : errno;
}
/// \ooo stands for a byte.
std::string withoutEscapes(const std::string& line) {
  std::string plain;
  auto octal = [](char c) { return c >= '0' && c <= '7'; };
  for (size_t i = 0; i < line.size(); ++i) {
    if (line[i] == '\\' && i + 3 < line.size() && octal(line[i + 1]) && octal(line[i + 2]) && octal(line[i + 3])) {
      plain += static_cast<char>((line[i + 1] - '0') << 6 | (line[i + 2] - '0') << 3 | (line[i + 3] - '0'));
      i += 3;
    } else {
      plain += line[i];
    }
  }
  return plain;
}
/// Writes the last `count` entries, and leaves as many in the file as set_history_length() said.
int saveHistory(const std::string& path, const char* mode, int count) {
  const int have = historyCount();
  std::vector<std::string> lines;
  for (int i = have - std::min(count, have); i < have; ++i)
    if (const HIST_ENTRY* entry = history_get(i + 1)) lines.emplace_back(entry->line);
  if (const int failure = writeLines(path, mode, lines)) return failure;
  if (historyLength < 0) return 0;
  lines.clear();
  if (readLines(path, &lines) != 0 || lines.size() <= static_cast<size_t>(historyLength)) return 0;
  lines.erase(lines.begin(), lines.end() - historyLength);
  writeLines(path, "we", lines);
  return 0;
}

Value readHistory(Value, const Value* argv) {
  Ref name;
  if (!fileArgument(argv[0], &name)) return Value();
  std::vector<std::string> lines;
  const int status = readLines(historyPath(name), &lines);
  const bool escaped = !lines.empty() && lines[0] == "_HiStOrY_V2_";
  for (size_t i = escaped; i < lines.size(); ++i) add_history((escaped ? withoutEscapes(lines[i]) : lines[i]).c_str());
  return fromStatus(status);
}
Value writeHistory(Value, const Value* argv) {
  Ref name;
  return fileArgument(argv[0], &name) ? fromStatus(saveHistory(historyPath(name), "we", INT_MAX)) : Value();
}
Value appendHistory(Value, const Value* argv) {
  int count = 0;
  Ref name;
  if (!intArgument(argv[0], &count) || !fileArgument(argv[1], &name)) return Value();
  if (count < 0) return raise(ValueErrorType, "append_history_file() expects a non-negative number");
  return fromStatus(saveHistory(historyPath(name), "ae", count));
}
Value addHistory(Value, Value v) {
  Ref line(encoded(v));
  if (!line) return Value();
  add_history(bytesView(line).data());
  return newRef(none());
}
Value clearHistory(Value) {
  clear_history();
  return newRef(none());
}
Value historyItem(Value, Value v) {
  int index = 0;
  if (!intArgument(v, &index)) return Value();
  const HIST_ENTRY* entry = history_get(index);
  return entry ? decodeFileSystem(entry->line, strlen(entry->line)) : newRef(none());
}
Value currentHistoryLength(Value) { return newInt(historyCount()); }
Value getHistoryLength(Value) { return newInt(historyLength); }
Value setHistoryLength(Value, Value v) { return intArgument(v, &historyLength) ? newRef(none()) : Value(); }
void freeEntry(HIST_ENTRY* entry) {
  if (entry) free(free_history_entry(entry));
}
Value removeHistory(Value, Value v) {
  int index = 0;
  if (!intArgument(v, &index)) return Value();
  if (index < 0) return raise(ValueErrorType, "History index cannot be negative");
  HIST_ENTRY* entry = remove_history(index);
  if (!entry) return raise(ValueErrorType, "No history item at position %d", index);
  freeEntry(entry);
  return newRef(none());
}
Value replaceHistory(Value, const Value* argv) {
  int index = 0;
  if (!intArgument(argv[0], &index)) return Value();
  if (index < 0) return raise(ValueErrorType, "History index cannot be negative");
  Ref line(encoded(argv[1]));
  if (!line) return Value();
  HIST_ENTRY* entry = replace_history_entry(index + 1, bytesView(line).data(), nullptr); // which counts from 1
  if (!entry) return raise(ValueErrorType, "No history item at position %d", index);
  freeEntry(entry);
  return newRef(none());
}
Value setAutoHistory(Value, Value v) { return truthArgument(v, &addsHistory) ? newRef(none()) : Value(); }

// ---- completion and hooks ----------------------------------------------------------------------

Value setHook(Value* slot, const char* name, Value v) {
  if (!v || isNone(v)) return clear(*slot), newRef(none());
  if (!isCallable(v)) return raise(TypeErrorType, "set_%s(func): argument not callable", name);
  assign(*slot, newRef(v));
  return newRef(none());
}
/// What a hook answers as an int; its errors are dropped, as readline cannot pass them on.
int runHook(Value hook) {
  if (!hook) return 0;
  Unblocking held;
  Ref keep = Ref::share(hook), result(call(hook));
  int64_t answer = result && !isNone(result) ? toInt64(result) : 0;
  errorClear();
  return static_cast<int>(answer);
}
int onStartup() { return runHook(startupHook); }
int onPreInput() { return runHook(preInputHook); }
Value setStartupHook(Value, const Value* argv) { return setHook(&startupHook, "startup_hook", argv[0]); }
Value setPreInputHook(Value, const Value* argv) { return setHook(&preInputHook, "pre_input_hook", argv[0]); }

/// The `state`-th completion of a word, allocated; null at the end.
char* nextCompletion(const char* word, int state) {
  if (!completer) return nullptr;
  READLINE_VARIABLE(rl_attempted_completion_over) = 1;
  Ref keep = Ref::share(completer), text(decodeFileSystem(word, strlen(word)));
  Ref found(text ? call(completer, {text.get(), newInt(state)}) : Value());
  Ref bytes(found && isStr(found) ? encodeStr(found, "utf-8", "surrogateescape") : Value());
  errorClear();
  return bytes ? strdup(bytesView(bytes).data()) : nullptr;
}
/// How many characters the first bytes of the line are.
int64_t charactersBefore(int bytes) {
  Ref text(decodeFileSystem(READLINE_VARIABLE(rl_line_buffer), static_cast<size_t>(bytes)));
  errorClear();
  return text ? asStr(text)->length : bytes;
}
char** onComplete(const char* word, int start, int end) {
  Unblocking held;
  READLINE_VARIABLE(rl_completion_append_character) = '\0';
  READLINE_VARIABLE(rl_completion_suppress_append) = 0;
  completionType = READLINE_VARIABLE(rl_completion_type);
  assign(beginIndex, newInt(charactersBefore(start)));
  assign(endIndex, newInt(charactersBefore(end)));
  return completer ? rl_completion_matches(word, nextCompletion) : nullptr;
}
void onDisplay(char** matches, int count, int longest) {
  Unblocking held;
  Ref list(newList(0)), word(decodeFileSystem(matches[0], strlen(matches[0]))), keep = Ref::share(displayHook);
  for (int i = 1; list && i <= count; ++i) {
    Ref item(decodeFileSystem(matches[i], strlen(matches[i])));
    if (!item || listAppend(list, item) < 0) return errorClear();
  }
  Ref result(list && word ? call(displayHook, {word.get(), list.get(), newInt(longest)}) : Value());
  if (!result) errorClear();
}
Value setCompleter(Value, const Value* argv) { return setHook(&completer, "completer", argv[0]); }
Value getCompleter(Value) { return newRef(completer ? completer : none()); }
Value setDisplayHook(Value, const Value* argv) {
  Ref done(setHook(&displayHook, "completion_display_matches_hook", argv[0]));
  if (done) READLINE_VARIABLE(rl_completion_display_matches_hook) = displayHook ? reinterpret_cast<VFunction*>(onDisplay) : nullptr;
  return done.release();
}
Value setDelimiters(Value, Value v) {
  Ref text(encoded(v));
  if (!text) return Value();
  static char* kept = nullptr;
  free(kept);
  kept = strdup(bytesView(text).data());
  READLINE_VARIABLE(rl_completer_word_break_characters) = kept;
  return newRef(none());
}
Value getDelimiters(Value) { return newStr(READLINE_VARIABLE(rl_completer_word_break_characters)); }
Value getBegin(Value) { return newRef(beginIndex ? beginIndex : Value::ofSmallInt(0)); }
Value getEnd(Value) { return newRef(endIndex ? endIndex : Value::ofSmallInt(0)); }
Value getCompletionType(Value) { return newInt(completionType); }
Value lineBuffer(Value) { return decodeFileSystem(READLINE_VARIABLE(rl_line_buffer), strlen(READLINE_VARIABLE(rl_line_buffer))); }
Value insertText(Value, Value v) {
  Ref text(encoded(v));
  if (!text) return Value();
  rl_insert_text(bytesView(text).data());
  return newRef(none());
}
Value redisplay(Value) {
  rl_redisplay();
  return newRef(none());
}

// ---- reading -----------------------------------------------------------------------------------

int terminal;       // what is read, not blocking where the system allows it
bool heedsSignals;  // the reading thread is the one whose handlers run
bool handlerRaised; // the error is set

bool signalCame() { return heedsSignals && (pollRequests.load() & kPollSignal); }
/// Runs handlers of signals that came; false if one raised. The library has left the terminal to them.
bool serveSignals() {
  Unblocking held;
  handlerRaised = servePoll() < 0;
  if (handlerRaised) return false;
  rl_prep_terminal(1);
  return true;
}
/// The next byte of the terminal's, or -1 at its end and after a handler raised. Signals are let in while it waits
/// alone: one that comes while the library is at work would be forgotten until the next key.
int nextByte() {
  sigset_t all, before;
  sigfillset(&all);
  for (;;) {
    pthread_sigmask(SIG_SETMASK, &all, &before);
    int status = -1, error = EINTR;
    if (!signalCame()) {
      pollfd waited{terminal, POLLIN, 0};
      status = ppoll(&waited, 1, nullptr, &before);
      error = errno;
    }
    pthread_sigmask(SIG_SETMASK, &before, nullptr);
    if (status > 0) {
      unsigned char byte;
      const ssize_t count = read(terminal, &byte, 1);
      if (count > 0) return byte;
      error = count == 0 ? 0 : errno; // an interruption takes back what was typed
    }
    if (error != EINTR && error != EAGAIN) return -1;
    if (signalCame() && !serveSignals()) return -1;
  }
}
/// The library's next character, by the locale's encoding; bytes that are none are passed over.
int nextCharacter(FILE*) {
  mbstate_t state{};
  for (;;) {
    const int byte = nextByte();
    if (byte < 0) return -1;
    const char c = static_cast<char>(byte);
    wchar_t character = 0;
    const size_t length = mbrtowc(&character, &c, 1, &state);
    if (length == static_cast<size_t>(-1)) state = {};
    else if (length != static_cast<size_t>(-2)) return static_cast<int>(character);
  }
}

/// The library looks at the terminal once, and forgets history and bindings when it is to look again.
void startLibrary() {
  std::vector<std::string> lines;
  if (startedAnywhere)
    for (int i = 1, n = historyCount(); i <= n; ++i)
      if (const HIST_ENTRY* entry = history_get(i)) lines.emplace_back(entry->line);
  // It takes characters by the locale's encoding; in that of C, ASCII alone.
  if (!strcmp(setlocale(LC_CTYPE, nullptr), "C") && (!setlocale(LC_CTYPE, "") || !strcmp(setlocale(LC_CTYPE, nullptr), "C"))) setlocale(LC_CTYPE, "C.UTF-8");
  READLINE_VARIABLE(rl_getc_function) = nextCharacter;
  rl_initialize();
  using_history();
  rl_bind_key('\t', rl_insert);
  for (std::string line : bindings) rl_parse_and_bind(line.data());
  for (const std::string& line : lines) add_history(line.c_str());
  startedAnywhere = true;
  startedOnTerminal = isatty(STDIN_FILENO);
}

/// For input(): the line with its newline, empty at the end of input; null with an error (a signal handler raised).
Value readLine(const char* prompt) {
  if (!startedOnTerminal && isatty(STDIN_FILENO)) startLibrary();
  char* line;
  heedsSignals = onMainThread();
  handlerRaised = false;
  {
    Blocking release;
    const int opened = open("/proc/self/fd/0", O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
    terminal = opened < 0 ? STDIN_FILENO : opened;
    line = readline(prompt);
    if (opened >= 0) close(opened);
  }
  if (handlerRaised) return free(line), Value();
  if (pollRequests.load() && servePoll() < 0) return free(line), Value();
  if (!line) return newStr("");
  if (*line && addsHistory) {
    const int count = historyCount();
    const HIST_ENTRY* last = count > 0 ? history_get(count) : nullptr;
    if (!last || strcmp(last->line, line)) add_history(line);
  }
  Ref text(decodeFileSystem(line, strlen(line))), newline(newStr("\n"));
  free(line);
  return text && newline ? strConcat(text, newline) : Value();
}

constinit const MethodDef methods[] = {
    {"parse_and_bind", parseAndBind, "($module, string, /)"},
    {"read_init_file", readInitFile, "($module, filename=None, /)"},
    {"read_history_file", readHistory, "($module, filename=None, /)"},
    {"write_history_file", writeHistory, "($module, filename=None, /)"},
    {"append_history_file", appendHistory, "($module, nelements, filename=None, /)"},
    {"add_history", addHistory, "($module, string, /)"},
    {"clear_history", clearHistory, "($module, /)"},
    {"get_history_item", historyItem, "($module, index, /)"},
    {"get_current_history_length", currentHistoryLength, "($module, /)"},
    {"get_history_length", getHistoryLength, "($module, /)"},
    {"set_history_length", setHistoryLength, "($module, length, /)"},
    {"remove_history_item", removeHistory, "($module, pos, /)"},
    {"replace_history_item", replaceHistory, "($module, pos, line, /)"},
    {"set_auto_history", setAutoHistory, "($module, enabled, /)"},
    {"set_completer", setCompleter, "($module, function=None, /)"},
    {"get_completer", getCompleter, "($module, /)"},
    {"set_completer_delims", setDelimiters, "($module, string, /)"},
    {"get_completer_delims", getDelimiters, "($module, /)"},
    {"set_completion_display_matches_hook", setDisplayHook, "($module, function=None, /)"},
    {"set_startup_hook", setStartupHook, "($module, function=None, /)"},
    {"set_pre_input_hook", setPreInputHook, "($module, function=None, /)"},
    {"get_begidx", getBegin, "($module, /)"},
    {"get_endidx", getEnd, "($module, /)"},
    {"get_completion_type", getCompletionType, "($module, /)"},
    {"get_line_buffer", lineBuffer, "($module, /)"},
    {"insert_text", insertText, "($module, string, /)"},
    {"redisplay", redisplay, "($module, /)"},
    {},
};

int execute(Value module) {
  READLINE_VARIABLE(rl_readline_name) = "python";
  startLibrary();
  READLINE_VARIABLE(rl_startup_hook) = onStartup;
  READLINE_VARIABLE(rl_pre_input_hook) = onPreInput;
  READLINE_VARIABLE(rl_attempted_completion_function) = onComplete;
  READLINE_VARIABLE(rl_completer_word_break_characters) = strdup(" \t\n`~!@#$%^&*()-=+[{]}\\|;:'\",<>/?");
  krt_read_line = readLine;
  if (moduleAdd(module, "__doc__", newStr("Importing this module enables command line editing using libedit readline.")) < 0) return -1;
  return moduleAdd(module, "_READLINE_VERSION", newInt(RL_READLINE_VERSION)) < 0 ||
                 moduleAdd(module, "_READLINE_RUNTIME_VERSION", newInt(READLINE_VARIABLE(rl_readline_version))) < 0
             ? -1
             : moduleAdd(module, "_READLINE_LIBRARY_VERSION", newStr(READLINE_VARIABLE(rl_library_version)));
}

} // namespace

extern "C" constinit const NativeModule krt_module_readline = {"readline", methods, execute};

} // namespace krait
