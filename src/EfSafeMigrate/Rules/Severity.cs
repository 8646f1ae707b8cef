namespace EfSafeMigrate.Rules;

internal enum Severity { Safe, Careful, Dangerous }

internal enum Category { Destructive, Incompatible, Blocking, DataDependent, Irreversible, Hygiene }
