interface ResultCode {
	readonly number: string;
	/** The vendor's own words. */
	readonly words: string;
}

const code = (number: string, words: string): ResultCode => ({ number, words });

/** The results by name, as they stand at the end of SMS §7. */
export const SMS_RESULT_CODES = {
	OK: code('1', '操作成功'),
	ParamError: code('1001', '参数错误'),
	UserNameEmpty: code('1002', '用户名为空'),
	PasswordEmpty: code('1003', '密码为空'),
	UserNameError: code('1004', '用户名错误'),
	PasswordError: code('1005', '密码错误'),
	BindIpError: code('1006', 'IP绑定错误'),
	UserStop: code('1007', '帐户已停用'),
	UserIdError: code('1008', 'UserId参数错误，该值必需要是数字，由供应商提供。'),
	Text64Error: code('1009', 'Text64参数错误'),
	StampError: code('1010', '时间戳错误，可能是格式不对，或是时间偏差太大（应该在5分钟以内）。'),
	ContentEmpty: code('2001', '内容为空'),
	MsisdnEmpty: code('1103', '手机号码为空'),
	ExtNumberError: code('1104', '扩展错误'),
	ContentLong: code('2105', '内容太长'),
	NoChannel: code('1106', '没有发送通道'),
	SensitiveWords: code('2107', '敏感词汇'),
	MsisdnError: code('1108', '错误的手机号码'),
	MsisdnBlack: code('1109', '黑名单的手机号码'),
	MsisdnNoChannel: code('1110', '没有通道的手机号码'),
	AmountNotEnough: code('1111', '额度不足'),
	NoProduct: code('1112', '没有配置产品'),
	RequiredSuffix: code('2113', '需要签名'),
	SuffixError: code('2114', '签名错误'),
	SubjectEmpty: code('3001', '主题为空'),
	InternalError: code('9999', '系统内部错误'),
} as const;

export type SmsResultName = keyof typeof SMS_RESULT_CODES;

/** The errors of the XML dialect of reports and replies (SMS §3.4, §4.4). */
export const SMS_QUERY_ERRORS: Readonly<Record<string, string>> = {
	'1': '用户名或密码不能为空',
	'2': '用户名或密码错误',
	'3': '该用户不允许查看状态报告',
	'4': '参数不正确',
};

/** `error` 1 is an empty user name or password in XML, and a success in JSON (SMS §3.5). */
export const QUERY_NOT_ALLOWED = '3';

const QUERY_ERROR_OF: Readonly<Record<string, string>> = {
	ParamError: '4',
	UserNameEmpty: '1',
	PasswordEmpty: '1',
	UserNameError: '2',
	PasswordError: '2',
};

/** Thrown wherever a request turns out to be one that the vendor refuses. */
export class Refusal extends Error {
	/**
	 * `code`: a name of SMS §7, or a number of SMS §3.4. `reason`: for whoever reads the simulator's
	 * state. `words`: what the vendor says instead of the table's words.
	 */
	constructor(
		readonly code: Exclude<SmsResultName, 'OK'> | typeof QUERY_NOT_ALLOWED,
		readonly reason: string,
		readonly words?: string,
	) {
		super(`${code}: ${reason}`);
	}
}

/** A refusal as the pages write it: one of ours, or a code that the fault `code` asks for. */
export interface Refused {
	/** Name or number. */
	readonly code: string;
	readonly words?: string;
}

function entryOf(code: string): ({ name: string } & ResultCode) | undefined {
	const found = Object.entries(SMS_RESULT_CODES).find(
		([name, { number }]) => name === code || number === code,
	);
	return found && { name: found[0], ...found[1] };
}

/** `StatusCode` and `Description` (SMS §7.3): the name, never the number. */
export function inSoap({ code, words }: Refused): { name: string; words: string } {
	const entry = entryOf(code);
	return { name: entry?.name ?? code, words: words ?? entry?.words ?? '' };
}

/** `error` and `remark` of the JSON dialect (SMS §3.5): the numbers of SMS §7. */
export function inJson({ code, words }: Refused): { error: string; remark: string } {
	const entry = entryOf(code);
	const error = entry?.number ?? code;
	// §3.5 prints these two in words of its own.
	const own: Readonly<Record<string, string>> = { '1': '成功', '1005': '密码错了' };
	const remark = words ?? own[error] ?? entry?.words ?? SMS_QUERY_ERRORS[error] ?? '';
	return { error, remark };
}

/** `error` and `remark` of the XML dialect (SMS §3.4): its own four numbers where they fit. */
export function inQueryXml({ code, words }: Refused): { error: string; remark: string } {
	const entry = entryOf(code);
	const error = QUERY_ERROR_OF[entry?.name ?? ''] ?? entry?.number ?? code;
	return { error, remark: words ?? SMS_QUERY_ERRORS[error] ?? entry?.words ?? '' };
}

/** `message` beside `returnstatus` (SMS §2.3): words, and no code at all. */
export function inWords({ code, words }: Refused): string {
	// Only §2.3 names words for these pages, and only for what is wrong with user or password.
	const isLogin = ['1', '2'].includes(QUERY_ERROR_OF[entryOf(code)?.name ?? ''] ?? '');
	return words ?? (isLogin ? inQueryXml({ code }).remark : inSoap({ code }).words);
}
