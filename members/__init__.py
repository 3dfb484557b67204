"""Who belongs to the Alliance: applications, roles with their terms, the directory."""
