using System;
using System.Linq;
using Microsoft.EntityFrameworkCore;
using Workshop.Data;

namespace Workshop
{
    public static class Program
    {
        public static void Main()
        {
            using (var db = new WorkshopContext())
            {
                var jobs = db.Jobs
                    .Include(j => j.Vehicle)
                    .ThenInclude(v => v.Customer)
                    .Where(j => j.Status != Models.JobStatus.Done)
                    .OrderBy(j => j.Id);

                foreach (var job in jobs)
                {
                    Console.WriteLine("{0,6} {1,-12} {2}", job.Id, job.Vehicle.Registration, job.Vehicle.Customer.Name);
                }
            }
        }
    }
}
