# Reviews the migrations that are about to be committed; `git commit --no-verify` goes past it.
if ! git diff --cached --quiet -- {{paths}}; then
  dotnet safe-migrate review --staged {{arguments}} || {
    echo "  The commit is stopped. When dotnet does not know safe-migrate: dotnet tool restore" >&2
    exit 1
  }
fi
