// A profile: what was counted in runs of a program, and its text, which is JSON (docs/profiles.md). The runtime writes it, the
// compiler reads it.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace krait {

/// How often, by name, in the order of the names.
using NamedCounts = std::vector<std::pair<std::string, uint64_t>>;

struct ProfilePlace {
  std::string name; // where in its function, and what: "2:11-2:17 attr.get"
  uint64_t count = 0;
  NamedCounts kinds{};   // of values: kSeenNames
  NamedCounts classes{}; // of the instances among them; the first that were met
};

struct ProfileFunction {
  std::string name; // qualified
  uint32_t line = 0;
  std::string hash; // of its operations and where they stand in it
  uint64_t count = 0; // how often it was entered
  std::vector<ProfilePlace> places{};
};

struct ProfileModule {
  std::string name; // dotted
  std::string file; // without its folder
  std::vector<ProfileFunction> functions{};

  /// The one of this name and hash; of several the one that begins on the line, or the first. Null: there is none.
  const ProfileFunction* find(std::string_view function, std::string_view hash, uint32_t line) const;
  bool hasFunction(std::string_view function) const;
};

struct Profile {
  std::vector<ProfileModule> modules;

  const ProfileModule* find(std::string_view module, std::string_view file) const;
};

void addCount(NamedCounts& to, std::string_view name, uint64_t count);

/// Adds the counts of `from`. What `from` does not know of a module that it has is an older text's, and goes.
void addProfile(Profile& to, Profile&& from);

/// Places that nothing came to are left out, unless asked for.
std::string toText(const Profile& profile, bool withUncounted = false);
/// False with a message that has the line in it. Numbers above 2^63 - 1 are errors.
bool parseProfile(std::string_view text, Profile& profile, std::string& error);

} // namespace krait
