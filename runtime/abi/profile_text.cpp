#include "runtime/abi/profile_text.h"
#include <algorithm>
#include <limits>
#include <unordered_map>

namespace krait {

namespace {

constexpr uint64_t kVersion = 1, kMost = std::numeric_limits<int64_t>::max();

// ---- writing ----------------------------------------------------------------------------------

void appendQuoted(std::string& out, std::string_view text) {
  static constexpr char kDigits[] = "0123456789abcdef";
  out += '"';
  for (const char c : text) {
    if (static_cast<unsigned char>(c) < 0x20) {
      out += "\\u00";
      out += kDigits[c >> 4];
      out += kDigits[c & 15];
      continue;
    }
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  out += '"';
}

void appendCounts(std::string& out, const char* key, const NamedCounts& counts) {
  if (counts.empty()) return;
  out += std::string(", \"") + key + "\": {";
  for (const auto& [name, count] : counts) {
    if (&name != &counts.front().first) out += ", ";
    appendQuoted(out, name);
    out += ": " + std::to_string(count);
  }
  out += '}';
}

void appendPlace(std::string& out, const ProfilePlace& place) {
  out += "{\"at\": ";
  appendQuoted(out, place.name);
  out += ", \"count\": " + std::to_string(place.count);
  appendCounts(out, "kinds", place.kinds);
  appendCounts(out, "classes", place.classes);
  out += '}';
}

void appendFunction(std::string& out, const ProfileFunction& f, bool withUncounted) {
  out += "{\"name\": ";
  appendQuoted(out, f.name);
  out += ", \"line\": " + std::to_string(f.line) + ", \"hash\": ";
  appendQuoted(out, f.hash);
  out += ", \"count\": " + std::to_string(f.count);
  const char* before = ", \"places\": [\n      ";
  for (const ProfilePlace& place : f.places) {
    if (!place.count && !withUncounted) continue;
    out += before;
    appendPlace(out, place);
    before = ",\n      ";
  }
  if (*before == ',' && before[1] == '\n') out += ']';
  out += '}';
}

// ---- reading ----------------------------------------------------------------------------------

/// JSON as far as profiles need it: objects, arrays, texts, and numbers that are counts.
class Reader {
public:
  Reader(std::string_view text, std::string& error) : rest_(text), error_(error) {}

  bool fail(std::string_view what) {
    if (error_.empty()) error_ = "line " + std::to_string(line_) + ": " + std::string(what);
    return false;
  }
  bool atEnd() {
    skipSpace();
    return rest_.empty() || fail("text behind the profile");
  }
  template <class Member> bool object(Member member) { // member(key) reads the value
    std::string key;
    if (!accept('{')) return fail("expected '{'");
    if (accept('}')) return true;
    do {
      if (!text(key) || !(accept(':') || fail("expected ':'")) || !member(std::string_view(key))) return false;
    } while (accept(','));
    return accept('}') || fail("expected ',' or '}'");
  }
  template <class Item> bool array(Item item) {
    if (!accept('[')) return fail("expected '['");
    if (accept(']')) return true;
    do {
      if (!item()) return false;
    } while (accept(','));
    return accept(']') || fail("expected ',' or ']'");
  }
  bool number(uint64_t& value, uint64_t most = kMost) {
    skipSpace();
    if (rest_.empty() || rest_[0] < '0' || rest_[0] > '9') return fail("expected a count");
    for (value = 0; !rest_.empty() && rest_[0] >= '0' && rest_[0] <= '9'; rest_.remove_prefix(1)) {
      const uint64_t digit = static_cast<uint64_t>(rest_[0] - '0');
      if (value > (most - digit) / 10) return fail("the number is too large");
      value = value * 10 + digit;
    }
    return true;
  }
  bool text(std::string& value) {
    if (!accept('"')) return fail("expected a text");
    for (value.clear(); !rest_.empty() && rest_[0] != '"';) {
      const char c = take();
      if (static_cast<unsigned char>(c) < 0x20) return fail("a text goes on behind its line");
      if (c != '\\') value += c;
      else if (!escape(value)) return fail("unknown escape");
    }
    if (rest_.empty()) return fail("a text has no end");
    take();
    return true;
  }
  bool counts(NamedCounts& all) {
    return object([&](std::string_view key) {
      uint64_t count = 0;
      const std::string name(key);
      if (!number(count)) return false;
      addCount(all, name, count);
      return true;
    });
  }

private:
  void skipSpace() {
    for (; !rest_.empty() && (rest_[0] == ' ' || rest_[0] == '\n' || rest_[0] == '\t' || rest_[0] == '\r'); rest_.remove_prefix(1)) line_ += rest_[0] == '\n';
  }
  bool accept(char c) {
    skipSpace();
    if (rest_.empty() || rest_[0] != c) return false;
    rest_.remove_prefix(1);
    return true;
  }
  char take() {
    const char c = rest_[0];
    rest_.remove_prefix(1);
    return c;
  }
  bool escape(std::string& value) {
    static constexpr std::string_view kFrom = "\"\\/bfnrt", kTo = "\"\\/\b\f\n\r\t";
    if (rest_.empty()) return false;
    const char c = take();
    if (const size_t known = kFrom.find(c); known != std::string_view::npos) return value += kTo[known], true;
    uint32_t point = 0, low = 0;
    if (c != 'u' || !unit(point)) return false;
    if (point >= 0xd800 && point < 0xdc00) {
      if (rest_.substr(0, 2) != "\\u") return false;
      rest_.remove_prefix(2);
      if (!unit(low) || low < 0xdc00 || low > 0xdfff) return false;
      point = 0x10000 + ((point - 0xd800) << 10) + (low - 0xdc00);
    }
    appendUtf8(value, point);
    return true;
  }
  bool unit(uint32_t& value) {
    if (rest_.size() < 4) return false;
    for (int n = 0; n < 4; ++n) {
      const char c = take();
      const int digit = c >= '0' && c <= '9' ? c - '0' : (c | 32) >= 'a' && (c | 32) <= 'f' ? (c | 32) - 'a' + 10 : -1;
      if (digit < 0) return false;
      value = value * 16 + static_cast<uint32_t>(digit);
    }
    return true;
  }
  static void appendUtf8(std::string& out, uint32_t point) {
    const int more = point < 0x80 ? 0 : point < 0x800 ? 1 : point < 0x10000 ? 2 : 3;
    static constexpr uint8_t kFirst[] = {0, 0xc0, 0xe0, 0xf0};
    out += static_cast<char>(kFirst[more] | (point >> (6 * more)));
    for (int n = more; n-- > 0;) out += static_cast<char>(0x80 | ((point >> (6 * n)) & 0x3f));
  }

  std::string_view rest_;
  std::string& error_;
  uint32_t line_ = 1;
};

bool readPlace(Reader& in, ProfilePlace& place) {
  return in.object([&](std::string_view key) {
    if (key == "at") return in.text(place.name);
    if (key == "count") return in.number(place.count);
    if (key == "kinds") return in.counts(place.kinds);
    if (key == "classes") return in.counts(place.classes);
    return in.fail("a place has no such member");
  });
}

bool readFunction(Reader& in, ProfileFunction& f) {
  return in.object([&](std::string_view key) {
    uint64_t line = 0;
    if (key == "name") return in.text(f.name);
    if (key == "hash") return in.text(f.hash);
    if (key == "count") return in.number(f.count);
    if (key == "places") return in.array([&] { return readPlace(in, f.places.emplace_back()); });
    if (key != "line") return in.fail("a function has no such member");
    if (!in.number(line, std::numeric_limits<uint32_t>::max())) return false;
    f.line = static_cast<uint32_t>(line);
    return true;
  });
}

bool readModule(Reader& in, ProfileModule& module) {
  return in.object([&](std::string_view key) {
    if (key == "name") return in.text(module.name);
    if (key == "file") return in.text(module.file);
    if (key == "functions") return in.array([&] { return readFunction(in, module.functions.emplace_back()); });
    return in.fail("a module has no such member");
  });
}

// ---- adding -----------------------------------------------------------------------------------

uint64_t sum(uint64_t a, uint64_t b) { return a > kMost - b ? kMost : a + b; }

void addFunction(ProfileFunction& to, const ProfileFunction& from) {
  to.count = sum(to.count, from.count);
  to.places.reserve(to.places.size() + from.places.size()); // the names stay where they are
  std::unordered_map<std::string_view, ProfilePlace*> byName;
  for (ProfilePlace& place : to.places) byName[place.name] = &place;
  for (const ProfilePlace& place : from.places) {
    const auto found = byName.find(place.name);
    if (found == byName.end()) {
      to.places.push_back(place);
      continue;
    }
    ProfilePlace& known = *found->second;
    known.count = sum(known.count, place.count);
    for (const auto& [name, count] : place.kinds) addCount(known.kinds, name, count);
    for (const auto& [name, count] : place.classes) addCount(known.classes, name, count);
  }
}

} // namespace

void addCount(NamedCounts& to, std::string_view name, uint64_t count) {
  auto at = std::lower_bound(to.begin(), to.end(), name, [](const auto& row, std::string_view n) { return row.first < n; });
  if (at == to.end() || at->first != name) to.insert(at, {std::string(name), count});
  else at->second = sum(at->second, count);
}

const ProfileFunction* ProfileModule::find(std::string_view function, std::string_view hash, uint32_t line) const {
  const ProfileFunction* best = nullptr;
  for (const ProfileFunction& f : functions)
    if (f.name == function && f.hash == hash && (!best || (f.line == line && best->line != line))) best = &f;
  return best;
}

bool ProfileModule::hasFunction(std::string_view function) const {
  return std::any_of(functions.begin(), functions.end(), [&](const ProfileFunction& f) { return f.name == function; });
}

const ProfileModule* Profile::find(std::string_view module, std::string_view file) const {
  auto found = std::find_if(modules.begin(), modules.end(), [&](const ProfileModule& m) { return m.name == module && m.file == file; });
  return found == modules.end() ? nullptr : &*found;
}

void addProfile(Profile& to, Profile&& from) {
  for (ProfileModule& module : from.modules) {
    auto known = std::find_if(to.modules.begin(), to.modules.end(), [&](const ProfileModule& m) { return m.name == module.name && m.file == module.file; });
    if (known == to.modules.end()) {
      to.modules.push_back(std::move(module));
      continue;
    }
    for (ProfileFunction& f : module.functions)
      if (const ProfileFunction* old = known->find(f.name, f.hash, f.line)) addFunction(f, *old);
    known->functions = std::move(module.functions);
  }
}

std::string toText(const Profile& profile, bool withUncounted) {
  std::string out = "{\"krait-profile\": " + std::to_string(kVersion) + ",\n \"modules\": [";
  for (const ProfileModule& module : profile.modules) {
    out += &module == profile.modules.data() ? "\n  {\"name\": " : ",\n  {\"name\": ";
    appendQuoted(out, module.name);
    out += ", \"file\": ";
    appendQuoted(out, module.file);
    out += ", \"functions\": [";
    for (const ProfileFunction& f : module.functions) {
      out += &f == module.functions.data() ? "\n    " : ",\n    ";
      appendFunction(out, f, withUncounted);
    }
    out += "]}";
  }
  return out + "]}\n";
}

bool parseProfile(std::string_view text, Profile& profile, std::string& error) {
  error.clear();
  Reader in(text, error);
  bool hasVersion = false;
  const bool isRead = in.object([&](std::string_view key) {
    uint64_t version = 0;
    if (key == "krait-profile") return hasVersion = in.number(version) && (version == kVersion || in.fail("the profile has another version"));
    if (!hasVersion) return in.fail("this is no profile: 'krait-profile' is not its first member");
    if (key == "modules") return in.array([&] { return readModule(in, profile.modules.emplace_back()); });
    return in.fail("a profile has no such member");
  });
  return isRead && in.atEnd();
}

} // namespace krait
