CREATE TABLE "lessons" (
	"lesson_hash" text PRIMARY KEY NOT NULL,
	"section_hashes" text[] NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "personalized_content_cache" (
	"section_hash" text NOT NULL,
	"profile_hash" text NOT NULL,
	"version_hash" text NOT NULL,
	"rewrite" jsonb NOT NULL,
	"receipt" jsonb NOT NULL,
	"model" text NOT NULL,
	"notice" text,
	"prompt_tokens" integer NOT NULL,
	"completion_tokens" integer NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"last_used_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "personalized_content_cache_pk" PRIMARY KEY("section_hash","profile_hash","version_hash")
);
--> statement-breakpoint
CREATE TABLE "sites" (
	"id" text PRIMARY KEY NOT NULL,
	"site" jsonb NOT NULL,
	"position" integer DEFAULT 0 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "user_lessons" (
	"user_id" uuid NOT NULL,
	"lesson_hash" text NOT NULL,
	"version_hash" text NOT NULL,
	"profile_hashes" text[] NOT NULL,
	"lesson_slug" text NOT NULL,
	"first_read_at" timestamp with time zone DEFAULT now() NOT NULL,
	"last_read_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "user_lessons_pk" PRIMARY KEY("user_id","lesson_hash","version_hash","profile_hashes")
);
--> statement-breakpoint
CREATE TABLE "user_preferences" (
	"user_id" uuid PRIMARY KEY NOT NULL,
	"education_level" text NOT NULL,
	"programming_experience" text NOT NULL,
	"subject_background" text NOT NULL,
	"ai_ml_experience" text NOT NULL,
	"learning_goals" text[] NOT NULL,
	"preferred_language" text NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "users" (
	"user_id" uuid PRIMARY KEY NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "user_lessons" ADD CONSTRAINT "user_lessons_user_id_users_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("user_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "user_preferences" ADD CONSTRAINT "user_preferences_user_id_users_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("user_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "lessons_section_hashes" ON "lessons" USING gin ("section_hashes");--> statement-breakpoint
CREATE INDEX "user_lessons_lesson_hash" ON "user_lessons" USING btree ("lesson_hash");