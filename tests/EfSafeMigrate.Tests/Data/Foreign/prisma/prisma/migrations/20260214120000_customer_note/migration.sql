/*
  Warnings:

  - You are about to drop the column `fax` on the `Customer` table. All the data in the column will be lost.

*/
-- AlterTable
ALTER TABLE "Customer" DROP COLUMN "fax",
ADD COLUMN     "note" TEXT;

-- CreateIndex
CREATE INDEX "Order_placedAt_idx" ON "Order"("placedAt");
