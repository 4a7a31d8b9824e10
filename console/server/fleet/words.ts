import type { Bilingual } from '../../api';

/** M2M §2.2 `cardstatus`. */
export const STATUS_TEXTS: Readonly<Record<string, Bilingual>> = {
	'00': { en: 'Normal', zh: '正常' },
	'01': { en: 'One-way suspended', zh: '单向停机' },
	'02': { en: 'Suspended', zh: '停机' },
	'03': { en: 'Pre-cancelled', zh: '预销号' },
	'04': { en: 'Cancelled', zh: '销号' },
	'05': { en: 'Transferred', zh: '过户' },
	'06': { en: 'Dormant', zh: '休眠' },
	'07': { en: 'Pending activation', zh: '待激活' },
	'96': { en: 'Replacement next month', zh: '补卡次月生效' },
	'97': { en: 'Replacement cancelled', zh: '补损销号' },
	'98': { en: 'Unknown', zh: '未知' },
	'99': { en: 'Number does not exist', zh: '号码不存在' },
};

export const statusText = (status: string): Bilingual =>
	STATUS_TEXTS[status] ?? { en: status, zh: status };

/** M2M §2.2 `rat`. */
export const networkText = (networkType: string): Bilingual => {
	const text = networkType === '' ? '' : `${networkType}G`;
	return { en: text, zh: text };
};
