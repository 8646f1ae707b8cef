ALTER TABLE `customers` ADD `note` text;--> statement-breakpoint
CREATE INDEX `placed_at_idx` ON `orders` (`placed_at`);--> statement-breakpoint
ALTER TABLE `customers` DROP COLUMN `fax`;
