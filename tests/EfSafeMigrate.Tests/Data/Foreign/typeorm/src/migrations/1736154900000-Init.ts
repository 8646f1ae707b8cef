import { MigrationInterface, QueryRunner } from "typeorm";

export class Init1736154900000 implements MigrationInterface {
    name = 'Init1736154900000'

    public async up(queryRunner: QueryRunner): Promise<void> {
        await queryRunner.query(`CREATE TABLE "customer" ("id" SERIAL NOT NULL, "email" character varying NOT NULL, CONSTRAINT "PK_customer" PRIMARY KEY ("id"))`);
    }

    public async down(queryRunner: QueryRunner): Promise<void> {
        await queryRunner.query(`DROP TABLE "customer"`);
    }
}
