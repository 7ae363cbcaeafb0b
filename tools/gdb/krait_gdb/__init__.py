"""Values, frames and commands for programs compiled by Krait. Only memory is read, nothing is called: core files do as well."""
