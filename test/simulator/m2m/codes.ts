/** The response codes with the vendor's own words (M2M §4.1). */
export const M2M_CODES = {
	'0000': '成功',
	'0001': '服务器内部错误',
	'0002': 'Ip鉴权失败',
	'0011': '平台编码错误',
	'0012': '业务编码错误',
	'0013': '签名(sign)错误',
	'0014': '卡号不存在',
	'0015': '参数错误',
	'0016': '帐户余额不足',
	'0017': '时间格式错误',
	'0018': '查询时间超出限制范围',
	'0019': '无符合条件的记录',
	'0021': '短信条数不足',
	'0022': '短信标识错误(10-16位数字或字母组合)',
	'0023': 'Fmt格式错误(Fmt为不带符号的数值)',
	'0024': '短信标识重复',
	'0025': '错误的手机号码',
	'0030': '可用定位次数为零',
	'0031': '定位失败',
	'0032': '无基站信息',
} as const;

export type M2mCode = keyof typeof M2M_CODES;

/** Thrown wherever a request turns out to be one that the vendor refuses. */
export class Refusal extends Error {
	constructor(readonly code: Exclude<M2mCode, '0000'>) {
		super(`${code} ${M2M_CODES[code]}`);
	}
}

/** The vendor's words for a code; empty for one that is not in the document. */
export function messageOf(code: string): string {
	const entry = Object.entries(M2M_CODES).find(([known]) => known === code);
	return entry?.[1] ?? '';
}
