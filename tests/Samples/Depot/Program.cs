using Depot;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

// Brings the database to its newest migration, or to the one that is named.
using var context = new DepotContext();
context.GetService<IMigrator>().Migrate(args.FirstOrDefault());
