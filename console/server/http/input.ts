import type { Context } from 'hono';
import { z } from 'zod/v4';

import { CARD_SORTS, FAULT_KINDS, PUSH_KINDS, VENDOR_IDS } from '../../api';
import { Problem } from '../problem';

/** What the library has no words for, in English and Chinese. */
const OWN_WORDS = {
	'must begin with http:// or https://': '须以 http:// 或 https:// 开头',
	'must be a whole number': '须为整数',
	'must be a date such as 2026-01-31': '须为日期，如 2026-01-31',
} as const;
const saying = (words: keyof typeof OWN_WORDS) => words;

const url = z.string().regex(/^https?:\/\/./, saying('must begin with http:// or https://'));
const text = z.string().max(10_000);
/** An exabyte: more than that would only be long to read. */
const MAX_KB = 1e15;

/** A choice in a query: `true` or `false`. */
const queryFlag = z.enum(['true', 'false']).transform((value) => value === 'true');
const queryNumber = z
	.string()
	.regex(/^\d{1,15}$/, saying('must be a whole number'))
	.transform(Number);

export const vendorId = z.enum(VENDOR_IDS);

export const cardQuery = z.object({
	search: text.optional(),
	status: text.optional(),
	online: queryFlag.optional(),
	low: queryFlag.optional(),
	expiring: queryFlag.optional(),
	sort: z.enum(CARD_SORTS).optional(),
	descending: queryFlag.optional(),
	page: queryNumber.optional(),
});

export const requestQuery = z.object({
	vendor: vendorId.optional(),
	after: queryNumber.optional(),
});

export const cardPatch = z.strictObject({
	online: z.boolean().nullish(),
	status: text.nullish(),
	imei: text.nullish(),
	ip: text.nullish(),
	usedKb: z.number().min(0).max(MAX_KB).nullish(),
	billingEndDate: z
		.union([z.iso.date(), z.literal('')], saying('must be a date such as 2026-01-31'))
		.nullish(),
	isGone: z.boolean().nullish(),
});

export const newReply = z.object({
	text: text.min(1),
	vendor: z.enum(['m2m', 'smsPlatform']).optional(),
});

export const newBalance = z.object({ value: z.number() });

export const newPush = z.object({
	kind: z.enum(PUSH_KINDS),
	url,
	token: text.optional(),
	count: z.number().int().min(1).max(1_000).optional(),
	signature: z.enum(['right', 'wrong']).optional(),
	about: text.optional(),
	text: text.optional(),
	duplicate: z.boolean().optional(),
	isOver: z.boolean().optional(),
});

export const pushKind = z.enum(PUSH_KINDS);
export const subscription = z.object({ urls: z.array(url).max(20) });

export const newFault = z.object({
	fault: z.enum(FAULT_KINDS),
	value: z.union([z.number(), z.string()]).optional(),
	times: z.number().int().min(1).optional(),
	path: text.optional(),
});

export const callBody = z.object({ body: z.string().max(500_000).optional() });

export const activation = z.object({ active: z.boolean() });

/** Checks what came from outside; throws a `Problem` that names the field. */
export function check<Shape extends z.ZodType>(shape: Shape, input: unknown): z.infer<Shape> {
	const result = shape.safeParse(input);
	if (result.success) return result.data;
	const inChinese = shape.safeParse(input, { error: z.locales.zhCN().localeError });
	const chinese = reasonOf(inChinese.error).map((part) => ownWordsInChinese(part));
	throw new Problem({ en: reasonOf(result.error).join(': '), zh: chinese.join('：') });
}

const ownWordsInChinese = (words: string): string =>
	Object.entries(OWN_WORDS).find(([english]) => english === words)?.[1] ?? words;

/** The field, where it is one, and what is wrong with it. */
function reasonOf(error: z.ZodError | undefined): string[] {
	const { path = [], message = '' } = error?.issues[0] ?? {};
	return [path.join('.'), message].filter((part) => part !== '');
}

/** The JSON of a body, checked. */
export async function readJson<Shape extends z.ZodType>(
	context: Context,
	shape: Shape,
): Promise<z.infer<Shape>> {
	let input: unknown;
	try {
		input = await context.req.json();
	} catch {
		throw new Problem({ en: 'The body must be JSON.', zh: '请求体必须是 JSON。' });
	}
	return check(shape, input);
}

/** The query, checked; what is empty counts as left out. */
export function readQuery<Shape extends z.ZodType>(context: Context, shape: Shape): z.infer<Shape> {
	const given = Object.entries(context.req.query()).filter(([, value]) => value !== '');
	return check(shape, Object.fromEntries(given));
}
