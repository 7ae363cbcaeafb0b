#include "checked.h"
#include <algorithm>

struct Vector {
  double x, y, z;

  Vector operator+(const Vector& other) const { return {x + other.x, y + other.y, z + other.z}; }
  Vector operator-(const Vector& other) const { return {x - other.x, y - other.y, z - other.z}; }
  Vector scaled(double factor) const { return {x * factor, y * factor, z * factor}; }
  double dot(const Vector& other) const { return x * other.x + y * other.y + z * other.z; }
  Vector normalised() const { return scaled(divide(1.0, std::sqrt(dot(*this)))); }
  Vector reflected(const Vector& normal) const { return *this - normal.scaled(2.0 * dot(normal)); }
};

struct Sphere {
  Vector centre;
  double radius;

  double hit(const Vector& origin, const Vector& direction) const {
    const Vector to = centre - origin;
    const double along = to.dot(direction), square = radius * radius - to.dot(to) + along * along;
    return square < 0.0 ? -1.0 : along - std::sqrt(square);
  }
};

static const Vector kLight = Vector{1.0, 2.0, -1.5}.normalised();

static double trace(const std::vector<Sphere>& spheres, const Vector& origin, const Vector& direction, Int depth) {
  const Sphere* best = nullptr;
  double least = 1e30;
  for (const Sphere& sphere : spheres) {
    const double distance = sphere.hit(origin, direction);
    if (1e-6 < distance && distance < least) {
      least = distance;
      best = &sphere;
    }
  }
  if (!best) return 0.5 * (direction.y + 1.0);
  const Vector where = origin + direction.scaled(least), normal = (where - best->centre).normalised();
  const double light = std::max(normal.dot(kLight), 0.0);
  if (depth == 0) return light;
  return 0.7 * light + 0.3 * trace(spheres, where, direction.reflected(normal), sub(depth, 1));
}

int main(int, char** argv) {
  const Int size = std::atoll(argv[1]);
  std::vector<Sphere> spheres;
  for (Int i = 0; i < 5; i++) spheres.push_back({{double(i) - 2.0, std::sin(double(i)), 4.0 + double(i % 2)}, 0.9});
  const Vector origin{0.0, 0.0, -1.0};
  double total = 0.0;
  for (Int y = 0; y < size; y++)
    for (Int x = 0; x < size; x++)
      total += trace(spheres, origin, Vector{divide(double(x), double(size)) - 0.5, divide(double(y), double(size)) - 0.5, 1.0}.normalised(), 3);
  std::printf("%.9f\n", total);
}
