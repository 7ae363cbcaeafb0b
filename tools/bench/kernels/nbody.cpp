#include "checked.h"

constexpr double kPi = 3.141592653589793, kYear = 365.24, kSun = 4 * kPi * kPi;

struct Body {
  double x, y, z, vx, vy, vz, mass;

  Body(double x, double y, double z, double vx, double vy, double vz, double mass)
      : x(x), y(y), z(z), vx(vx * kYear), vy(vy * kYear), vz(vz * kYear), mass(mass * kSun) {}
};

static double energy(std::vector<Body>& bodies) {
  double e = 0.0;
  for (std::size_t i = 0; i < bodies.size(); i++) {
    const Body& a = bodies[i];
    e += 0.5 * a.mass * (a.vx * a.vx + a.vy * a.vy + a.vz * a.vz);
    for (std::size_t j = i + 1; j < bodies.size(); j++) {
      const Body& b = bodies[j];
      const double dx = a.x - b.x, dy = a.y - b.y, dz = a.z - b.z;
      e -= a.mass * b.mass / std::sqrt(dx * dx + dy * dy + dz * dz);
    }
  }
  return e;
}

static void advance(std::vector<Body>& bodies, double dt, Int steps) {
  std::vector<std::pair<Body*, Body*>> pairs;
  for (std::size_t i = 0; i < bodies.size(); i++)
    for (std::size_t j = i + 1; j < bodies.size(); j++) pairs.emplace_back(&bodies[i], &bodies[j]);
  for (Int step = 0; step < steps; step++) {
    for (auto [a, b] : pairs) {
      const double dx = a->x - b->x, dy = a->y - b->y, dz = a->z - b->z;
      const double square = dx * dx + dy * dy + dz * dz;
      const double pull = divide(dt, square * std::sqrt(square));
      const double ma = a->mass * pull, mb = b->mass * pull;
      a->vx -= dx * mb;
      a->vy -= dy * mb;
      a->vz -= dz * mb;
      b->vx += dx * ma;
      b->vy += dy * ma;
      b->vz += dz * ma;
    }
    for (Body& b : bodies) {
      b.x += dt * b.vx;
      b.y += dt * b.vy;
      b.z += dt * b.vz;
    }
  }
}

int main(int, char** argv) {
  std::vector<Body> bodies = {
      {0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 1.0},
      {4.8414314424647209, -1.16032004402742839, -0.103622044471123109, 0.00166007664274403694, 0.00769901118419740425, -6.90460016972063023e-05,
       9.54791938424326609e-04},
      {8.34336671824457987, 4.12479856412430479, -0.403523417114321381, -0.00276742510726411021, 0.00499852801234917238, 2.30417297573763929e-05,
       2.85885980666130812e-04},
      {12.894369562139131, -15.1111514016986312, -0.223307578892655734, 0.00296460137564761618, 0.00237847173959480950, -2.96589568540237556e-05,
       4.36624404335156298e-05},
      {15.3796971148509165, -25.9193146099879641, 0.179258772950371181, 0.00268067772490389322, 0.00162824170038242295, -9.51592254519715870e-05,
       5.15138902046611451e-05},
  };
  std::printf("%.9f\n", energy(bodies));
  advance(bodies, 0.01, std::atoll(argv[1]));
  std::printf("%.9f\n", energy(bodies));
}
