// Everything that krait says about programs: to a person on standard error, or as JSON or SARIF on standard output.
#pragma once
#include <string>
#include <vector>
#include "frontend/base/diagnostics.h"

namespace krait::tools {

struct Message {
  bool isWarning = false;
  std::string name; // "break-outside-loop"; empty: none
  std::string text;
  std::string file; // empty: about no file
  frontend::base::ErrorPosition position;
  std::string line; // of the source
  bool hasLine = false;
};

/// "text", "json" or "sarif"; "auto", "always" or "never". Before anything is reported; text in automatic colours otherwise.
void showMessages(std::string_view format, std::string_view color);
/// Warnings of these names are not shown, nor counted.
void ignoreWarnings(const std::vector<std::string>& names);
/// Names that warnings can have.
std::vector<std::string> namesOfWarnings();
/// After everything was reported: writes the collected messages if they are not text.
void finishMessages();

void report(Message message);
void report(const frontend::base::Diagnostic& diagnostic);
/// About the whole: "krait: error: …".
void reportError(const std::string& text);
void reportWarning(const std::string& text);

/// As a JSON string; what is no UTF-8 becomes U+FFFD.
std::string jsonText(std::string_view text);
/// Whether to colour what goes to a descriptor: "always", "never", or "auto", on a terminal unless NO_COLOR is set.
bool hasColors(int descriptor, std::string_view when);

struct MessageCounts {
  size_t errors = 0, warnings = 0;
};
MessageCounts reportedMessages();

} // namespace krait::tools
