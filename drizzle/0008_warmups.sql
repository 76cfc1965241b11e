CREATE TABLE "warmup_lessons" (
	"warmup_id" uuid NOT NULL,
	"lesson_hash" text NOT NULL,
	"lesson_slug" text NOT NULL,
	"title" text NOT NULL,
	"lesson" jsonb,
	CONSTRAINT "warmup_lessons_pk" PRIMARY KEY("warmup_id","lesson_hash")
);
--> statement-breakpoint
CREATE TABLE "warmup_rewrites" (
	"rewrite_id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"warmup_id" uuid NOT NULL,
	"lesson_hash" text NOT NULL,
	"profile" text NOT NULL,
	"state" text DEFAULT 'waiting' NOT NULL,
	"error" text,
	"message" text,
	"ended_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "warmups" (
	"warmup_id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"site" text NOT NULL,
	"profiles" text[] NOT NULL,
	"state" text DEFAULT 'running' NOT NULL,
	"created_by" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "warmup_lessons" ADD CONSTRAINT "warmup_lessons_warmup_id_warmups_warmup_id_fk" FOREIGN KEY ("warmup_id") REFERENCES "public"."warmups"("warmup_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "warmup_rewrites" ADD CONSTRAINT "warmup_rewrites_lesson_fk" FOREIGN KEY ("warmup_id","lesson_hash") REFERENCES "public"."warmup_lessons"("warmup_id","lesson_hash") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "warmup_rewrites_lesson" ON "warmup_rewrites" USING btree ("warmup_id","lesson_hash");