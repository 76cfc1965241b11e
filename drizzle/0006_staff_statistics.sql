ALTER TABLE "lesson_reports" ADD COLUMN "resolved_by" text;--> statement-breakpoint
ALTER TABLE "lesson_reports" ADD COLUMN "resolved_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "site_lessons" ADD COLUMN "lesson_slug" text;--> statement-breakpoint
ALTER TABLE "site_lessons" ADD COLUMN "title" text;--> statement-breakpoint
ALTER TABLE "site_lessons" ADD COLUMN "last_seen_at" timestamp with time zone DEFAULT now() NOT NULL;--> statement-breakpoint
ALTER TABLE "site_lessons" ADD COLUMN "readers" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "usage" ADD COLUMN "failed" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
CREATE INDEX "site_lessons_last_seen_at" ON "site_lessons" USING btree ("site_id","last_seen_at");