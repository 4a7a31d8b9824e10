import { createHash } from 'node:crypto';

import { chinaDateTime, chinaDigits } from '../chinaTime';
import { Explainer, findMistake } from '../explanation';
import type { Explanation, Words } from '../explanation';
import { isObject } from '../types';
import type { SimulatorRequest } from '../types';
import { Refusal } from './codes';
import { businessField, decodeContent, signedValue } from './envelope';
import type { M2mAccount } from './envelope';
import { chooseOperation, OPERATIONS, operationsAt } from './operations';
import { CLOCK_TOLERANCE_MS, instantOfRequestTime } from './requestTime';
import type { RequestTimes } from './requestTime';
import type { M2mSettings } from './settings';
import { m2mSign } from './signature';

const SIGN_SOURCE = 'M2M §1.4';
const ACCOUNT_SOURCE = 'M2M §1.5';
const HOUR_MS = 60 * 60 * 1000;

const md5 = (text: string) => createHash('md5').update(text, 'utf8').digest('hex');

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

function readBody(body: string): Record<string, unknown> | undefined {
	try {
		const parsed: unknown = JSON.parse(body);
		return isObject(parsed) ? parsed : undefined;
	} catch {
		return undefined;
	}
}

/** The value, or undefined where reading it is refused. */
function unlessRefused<Result>(read: () => Result): Result | undefined {
	try {
		return read();
	} catch (error) {
		if (error instanceof Refusal) return undefined;
		throw error;
	}
}

/** Joining, lower-casing and hashing, as steps; gives the signature that comes out. */
function explainSign(
	explainer: Explainer,
	password: string,
	requesttime: string,
	names: readonly string[],
	values: readonly string[],
	source: string,
): string {
	const joined = [password, requesttime, ...values].join('');
	const formula = ['password', 'requesttime', ...names].join(' + ');
	explainer.step({ en: `Join ${formula}`, zh: `依次拼接 ${formula}` }, joined, source);
	const lower = joined.toLowerCase();
	explainer.step({ en: 'Lower-case all of it', zh: '全部转换为小写' }, lower, SIGN_SOURCE);
	const sign = md5(lower);
	explainer.step(
		{ en: 'MD5, as 32 lower-case hex digits', zh: '计算 MD5，取 32 位小写十六进制' },
		sign,
		SIGN_SOURCE,
	);
	return sign;
}

/** Every order of some values but their own. */
function* otherOrders(values: readonly string[]): Generator<string[]> {
	if (values.length < 2) return;
	for (const [at, first] of values.entries()) {
		const others = values.filter((_value, other) => other !== at);
		if (at > 0) yield [first, ...others];
		for (const order of otherOrders(others)) yield [first, ...order];
	}
}

interface Signed {
	password: string;
	/** What the account's owner knows, which a fault may differ from. */
	ownPassword: string;
	requesttime: string;
	names: readonly string[];
	values: readonly string[];
	sign: string;
}

/** What may have gone wrong, the likeliest first. */
function* mistakes(signed: Signed): Generator<{ words: Words; gives: () => boolean }> {
	const { password, ownPassword, requesttime, names, values, sign } = signed;
	const given = sign.toLowerCase();
	const gives = (secret: string, time: string, fields: readonly string[]) => () =>
		m2mSign(secret, time, fields) === given;
	yield {
		words: {
			en: 'There is no sign in the request.',
			zh: '请求中没有 sign。',
		},
		gives: () => sign === '',
	};
	yield {
		words: {
			en: 'It is the right sign in upper case; the platform wants it in lower case.',
			zh: '签名本身正确，但用了大写；平台要求小写。',
		},
		gives: gives(password, requesttime, values),
	};
	yield {
		words: {
			en: 'The password differs: it was signed with the password of the account, while the platform has another one now.',
			zh: '密码不一致：请求用的是账户密码，而平台现在使用的是另一个密码。',
		},
		gives: gives(ownPassword, requesttime, values),
	};
	yield {
		words: {
			en: 'The text was not lower-cased before it was hashed.',
			zh: '计算 MD5 之前没有把字符串转换为小写。',
		},
		gives: () => md5([password, requesttime, ...values].join('')) === given,
	};
	yield {
		words: {
			en: 'The MD5 of the password was joined, in place of the password.',
			zh: '拼接的是密码的 MD5，而不是密码明文。',
		},
		gives: gives(md5(password), requesttime, values),
	};
	const contentAt = names.indexOf('content');
	const content = values[contentAt];
	if (content !== undefined) {
		const decoded = unlessRefused(() => decodeContent(content));
		const withContent = (text: string) =>
			values.map((value, at) => (at === contentAt ? text : value));
		if (decoded !== undefined && decoded !== content) {
			yield {
				words: {
					en: 'The content was signed as plain text; the platform signs it URL-encoded, as it is sent.',
					zh: '签名用的是 content 原文；平台按发送时的 URL 编码值签名。',
				},
				gives: gives(password, requesttime, withContent(decoded)),
			};
			yield {
				words: {
					en: 'The content was signed with spaces as "+"; the platform takes them as %20.',
					zh: '签名时 content 中的空格写成了“+”；平台使用 %20。',
				},
				gives: gives(
					password,
					requesttime,
					withContent(encodeURIComponent(decoded).replace(/%20/g, '+')),
				),
			};
		}
		yield {
			words: {
				en: 'The content was signed URL-encoded; this platform signs the plain text.',
				zh: '签名用的是 URL 编码后的 content；此平台按原文签名。',
			},
			gives: gives(password, requesttime, withContent(encodeURIComponent(content))),
		};
	}
	yield {
		words: {
			en: 'The fields were left out: only password and requesttime were signed.',
			zh: '漏掉了业务字段：只对 password 和 requesttime 做了签名。',
		},
		gives: gives(password, requesttime, []),
	};
	for (const [at, name] of names.entries()) {
		yield {
			words: {
				en: `"${name}" was left out of what was signed.`,
				zh: `签名时漏掉了“${name}”。`,
			},
			gives: gives(
				password,
				requesttime,
				values.filter((_value, other) => other !== at),
			),
		};
	}
	for (const order of otherOrders(values)) {
		yield {
			words: {
				en: `The fields were joined in another order; it is ${names.join(', ')}.`,
				zh: `业务字段的拼接顺序不对；正确顺序是 ${names.join('、')}。`,
			},
			gives: gives(password, requesttime, order),
		};
	}
	yield {
		words: {
			en: 'The password was signed with a blank around it.',
			zh: '签名用的密码前后带有空格。',
		},
		gives: () =>
			[`${password} `, ` ${password}`, ` ${password} `, `${password}\n`].some((secret) =>
				gives(secret, requesttime, values)(),
			),
	};
	yield {
		words: {
			en: 'requesttime was left out of what was signed.',
			zh: '签名时漏掉了 requesttime。',
		},
		gives: gives(password, '', values),
	};
}

const UNKNOWN_MISTAKE: Words = {
	en: 'The password differs, or something was changed after it was signed.',
	zh: '密码不一致，或者签名之后内容被改动过。',
};

const REFUSED: Words = {
	en: 'The platform refused it with 0013.',
	zh: '平台以 0013 拒绝了请求。',
};

const join = (first: Words, second: Words): Words => ({
	en: `${first.en} ${second.en}`,
	zh: first.zh + second.zh,
});

/** Why the platform does not take a `requesttime`; undefined: it does. */
function explainTime(explainer: Explainer, requesttime: string, now: number): Words | undefined {
	const sentAt = instantOfRequestTime(requesttime);
	const off = sentAt === undefined ? Infinity : sentAt - now;
	const isRight = Math.abs(off) <= CLOCK_TOLERANCE_MS;
	explainer.compare(
		{
			en: 'Read requesttime as the time in China: it may be ten minutes off',
			zh: '按北京时间读取 requesttime：允许相差十分钟',
		},
		SIGN_SOURCE,
		`${chinaDigits(now, 17)}…`,
		requesttime,
		isRight,
	);
	if (isRight) return undefined;
	if (sentAt === undefined) {
		return {
			en: 'requesttime is not laid out as yyyyMMddHHmmssSSS and eight digits, 25 in all.',
			zh: 'requesttime 的格式不对：应为 yyyyMMddHHmmssSSS 加 8 位数字，共 25 位。',
		};
	}
	if (Math.abs(off + 8 * HOUR_MS) <= CLOCK_TOLERANCE_MS) {
		return {
			en: 'requesttime is eight hours behind: it is in UTC, and the platform wants the time in China (UTC+8).',
			zh: 'requesttime 慢了 8 小时：用的是 UTC 时间，平台要求北京时间（UTC+8）。',
		};
	}
	const hours = Math.round((off / HOUR_MS) * 10) / 10;
	return {
		en: `requesttime says ${chinaDateTime(sentAt)} in China, which is ${Math.abs(hours)} hours ${off < 0 ? 'behind' : 'ahead'}: check the clock and its time zone.`,
		zh: `requesttime 表示北京时间 ${chinaDateTime(sentAt)}，${off < 0 ? '慢' : '快'}了 ${Math.abs(hours)} 小时：请检查时钟和时区。`,
	};
}

/** How the platform checks who sent a request, step by step; changes nothing. */
export function explainRequest(
	request: SimulatorRequest,
	account: M2mAccount,
	settings: M2mSettings,
	requestTimes: RequestTimes,
	now: number,
): Explanation {
	const explainer = new Explainer();
	const isServed = operationsAt(request.path, settings.repliesPath).length > 0;
	if (!isServed || request.method !== 'POST') {
		return explainer.end(null, {
			en: 'There is no such call, so nothing is checked.',
			zh: '没有这个接口，因此不做检查。',
		});
	}
	if (settings.refuseIp) {
		return explainer.end(null, {
			en: 'The address is not on the list of the platform (0002); the signature is not looked at.',
			zh: '地址不在平台白名单内（0002），不再检查签名。',
		});
	}
	const body = readBody(request.body);
	if (!body) {
		return explainer.end(false, {
			en: 'The body is not a JSON object, so nothing in it can be checked (0015).',
			zh: '请求体不是 JSON 对象，无法检查（0015）。',
		});
	}
	for (const [name, expected, code] of [
		['partnercode', account.partnerCode, '0011'],
		['servicecode', account.serviceCode, '0012'],
	] as const) {
		const what = { en: `Look up ${name}`, zh: `核对 ${name}` };
		if (explainer.compare(what, ACCOUNT_SOURCE, expected, textOf(body[name]))) continue;
		const isMissing = typeof body[name] !== 'string';
		return explainer.end(
			false,
			isMissing
				? {
						en: `${name} is missing, or is not a text (0015).`,
						zh: `缺少 ${name}，或者不是字符串（0015）。`,
					}
				: {
						en: `The platform knows no such ${name} (${code}): compare it with the credential.`,
						zh: `平台没有这个 ${name}（${code}）：请与凭据核对。`,
					},
		);
	}
	if (typeof body.requesttime !== 'string') {
		return explainer.end(false, {
			en: 'requesttime is missing, or is not a text (0015).',
			zh: '缺少 requesttime，或者不是字符串（0015）。',
		});
	}
	const { requesttime } = body;
	const wrongTime = explainTime(explainer, requesttime, now);
	if (wrongTime) return explainer.end(false, wrongTime);

	const operation = OPERATIONS[chooseOperation(request.path, settings.repliesPath, body)];
	const names: readonly string[] = operation.fields;
	const values: string[] = [];
	for (const name of names) {
		const value = unlessRefused(() => signedValue(name, businessField(body, name), settings));
		if (value === undefined) {
			return explainer.end(false, {
				en: `"${name}" is missing or cannot be read, so that the signature cannot be worked out.`,
				zh: `缺少“${name}”或无法读取，因此无法计算签名。`,
			});
		}
		values.push(value);
	}
	const sign = textOf(body.sign);
	const password = settings.comparedSecret || account.password;
	const source = `M2M §${operation.paragraph}`;
	const expected = explainSign(explainer, password, requesttime, names, values, source);
	const what = { en: 'Compare it with sign', zh: '与 sign 比较' };
	if (!explainer.compare(what, SIGN_SOURCE, expected, sign)) {
		const ownPassword = account.password;
		const signed = { password, ownPassword, requesttime, names, values, sign };
		return explainer.end(false, join(REFUSED, findMistake(mistakes(signed)) ?? UNKNOWN_MISTAKE));
	}
	const wasSeen = requestTimes.wasSeen(requesttime);
	explainer.compare(
		{
			en: 'See that no request had this requesttime before',
			zh: '确认此前没有请求用过这个 requesttime',
		},
		SIGN_SOURCE,
		'0',
		wasSeen ? '1' : '0',
	);
	if (wasSeen) {
		return explainer.end(false, {
			en: 'The signature is right, but its requesttime came before: a request is taken once (0017).',
			zh: '签名正确，但这个 requesttime 已经用过：同一请求只受理一次（0017）。',
		});
	}
	return explainer.end(true, {
		en: 'The signature is right: the request is from whoever knows the password.',
		zh: '签名正确：请求来自知道密码的一方。',
	});
}

/** How the receiver of a push checks that it comes from the platform. */
export function explainPush(body: string, password: string): Explanation {
	const explainer = new Explainer();
	const parsed = readBody(body) ?? {};
	const requesttime = textOf(parsed.requesttime);
	const count = String(parsed.count ?? '');
	const sign = textOf(parsed.sign);
	const source = 'M2M §3';
	for (const msgtype of new Set([textOf(parsed.msgtype), textOf(parsed.msgtype).trim()])) {
		const names = ['msgtype', 'count'];
		const values = [msgtype, count];
		const expected = explainSign(explainer, password, requesttime, names, values, source);
		const what = { en: 'Compare it with sign', zh: '与 sign 比较' };
		if (explainer.compare(what, source, expected, sign)) {
			return explainer.end(true, {
				en: 'The signature is right: the receiver takes the push. The records themselves are not signed.',
				zh: '签名正确：接收方会受理这条推送。注意：记录本身不在签名范围内。',
			});
		}
	}
	return explainer.end(false, {
		en: 'The signature is wrong: it was made with another password, so the receiver refuses the push.',
		zh: '签名错误：使用了另一个密码，接收方会拒绝这条推送。',
	});
}
