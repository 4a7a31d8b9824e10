/** The status codes of the platform with its own words; the document prints 0, -2 and -205. */
export const TRAFFIC_CODES = {
	'0': '提交成功',
	'-1': '无效号码',
	'-2': '缺少必要参数',
	'-3': '无效的action',
	'-4': 'JSON格式错误',
	'-100': '服务器故障',
	'-101': '参数非法',
	'-102': '手机号码非法',
	'-200': '用户不存在',
	'-201': '用户未激活',
	'-202': '包头验证失败',
	'-203': '授权令牌错误',
	'-204': '余额不足',
	'-205': '应用验证失败',
} as const;

export type TrafficCode = keyof typeof TRAFFIC_CODES;

/** Thrown wherever a request turns out to be one that the vendor refuses. */
export class Refusal extends Error {
	constructor(
		readonly code: Exclude<TrafficCode, '0'>,
		readonly words: string = TRAFFIC_CODES[code],
	) {
		super(`${code} ${words}`);
	}
}

/** The vendor's words for a code; empty for one that is not known. */
export function messageOf(code: string): string {
	const entry = Object.entries(TRAFFIC_CODES).find(([known]) => known === code);
	return entry?.[1] ?? '';
}
