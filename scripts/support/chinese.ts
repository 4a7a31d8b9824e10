/**
 * The Chinese of the error codes that the Chinese docs draw from the code. The interface in n8n is
 * English only, so these texts are nowhere else. The Chinese of an operation is in its example.
 */
import { Explained } from '../../test/harness/failure';

const CHECK_CONSOLE = '请在 M2M 平台左侧菜单“基础信息 > 接口接入信息”中核对。';
const ALLOW_ADDRESS =
	'请让平台放行 n8n 访问它时所用的公网 IP。在代理或 NAT 之后，那是出口的地址，而不是 n8n 机器的地址。';
const NOTHING_TO_DO = '无需处理。';
const CHECK_PHONE = '请检查 Phone：中国大陆手机号的 11 位数字。';
const ASK_PLATFORM = '请联系平台为您的账户开通。';

/** What a code means and what to do, by vendor and code. */
const CODES: Readonly<
	Record<string, Readonly<Record<string, readonly [meaning: string, advice: string]>>>
> = {
	m2m: {
		'0000': ['成功', NOTHING_TO_DO],
		'0001': [
			'服务器内部错误',
			'平台自身出错。查询可稍后再试；再次发送短信前，请先确认第一条是否已发出。',
		],
		'0002': ['IP 鉴权失败', ALLOW_ADDRESS],
		'0011': ['平台编码错误', `请检查凭证中的 Partner Code。${CHECK_CONSOLE}`],
		'0012': ['业务编码错误', `请检查凭证中的 Service Code。${CHECK_CONSOLE}`],
		'0013': [
			'签名（sign）错误',
			`请检查凭证中的 Password：它是接口密码，不是网页控制台的密码。${CHECK_CONSOLE}如果只有含特殊字符的短信失败，请切换凭证中的 Sign Content As。`,
		],
		'0014': ['卡号不存在', '请检查号码：必须是该账户下完整、不含空格的卡号、ICCID、IMSI 或 IMEI。'],
		'0015': ['参数错误', '请检查该 item 的参数：其中之一不符合平台的要求。'],
		'0016': ['帐户余额不足', '请在 M2M 平台充值。'],
		'0017': [
			'时间格式错误',
			'请检查 n8n 服务器的时钟（须准确到分钟，时区无关）以及该 item 中的月份或日期。',
		],
		'0018': ['查询时间超出限制范围', '请查询最近 12 个月内的月份。'],
		'0019': ['无符合条件的记录', '目前没有可显示的内容。请检查号码，或稍后再查。'],
		'0021': ['短信条数不足', '请在 M2M 平台购买短信条数。'],
		'0022': ['短信标识错误', 'Send Key 请用 10 到 16 位字母和数字，或留空自动生成。'],
		'0023': ['Fmt 格式错误', '请从列表中选择 Format；或选 Custom 并填写平台给出的数值。'],
		'0024': [
			'短信标识重复',
			'使用该 Send Key 的短信此前已被接受，因此这一条没有再次发送。只有确实是新短信时才使用新的 Send Key。',
		],
		'0025': [
			'错误的手机号码',
			'请检查 Recipient：13 位物联网卡号；或 11 位手机号，此时 Recipient Type 选 Phone。',
		],
		'0030': ['可用定位次数为零', '定位按次计费：请在 M2M 平台购买次数。'],
		'0031': ['定位失败', '无法定位设备，它可能已关机或不在服务区。'],
		'0032': [
			'无基站信息',
			'请检查国家码、运营商、小区号和基站号（MCC、MNC、LAC、Cell ID）：四者均为设备上报的十进制数。',
		],
	},
	smsPlatform: {
		'1': ['操作成功', NOTHING_TO_DO],
		'1001': ['参数错误', '请检查该 item 的参数：其中之一不符合平台的要求。'],
		'1002': ['用户名为空', '请填写凭证中的 Account。'],
		'1003': ['密码为空', '请填写凭证中的 Password。'],
		'1004': ['用户名错误', '请检查凭证中的 Account。'],
		'1005': [
			'密码错误',
			'请检查凭证中的 Password。如果无误，请切换 Password Format：平台可能要求另一种格式。',
		],
		'1006': ['IP 绑定错误', ALLOW_ADDRESS],
		'1007': ['帐户已停用', '请向平台询问账户停用的原因。'],
		'1008': ['UserId 参数错误', '请检查凭证中的 User ID：它是平台提供的数字，或者留空。'],
		'1009': ['Text64 参数错误', '只有加密请求才有该参数：请检查地址和参数。'],
		'1010': ['时间戳错误', '请检查 n8n 服务器的时钟：误差须在五分钟以内。'],
		'1103': ['手机号码为空', '请填写 To。'],
		'1104': ['扩展错误', '请检查选项中的 Extension Number。如果通道不支持，请不要填写。'],
		'1106': ['没有发送通道', ASK_PLATFORM],
		'1108': ['错误的手机号码', '请检查 To：国家区号加手机号码，例如 8613800138000。'],
		'1109': ['黑名单的手机号码', '请去掉该号码：它在不得接收短信的名单中。'],
		'1110': ['没有通道的手机号码', '您的账户无法发送到该运营商或国家，请联系平台开通。'],
		'1111': ['额度不足', '请在短信平台充值。'],
		'1112': ['没有配置产品', ASK_PLATFORM],
		'2001': ['内容为空', '请填写 Content。'],
		'2105': ['内容太长', '请缩短 Content，或向平台询问您的账户允许的长度。'],
		'2107': ['敏感词汇', '请改写 Content：平台拒绝某些词语。'],
		'2113': ['需要签名', '请填写 Signature，或让 Content 以【】中的签名结尾。签名须已在平台登记。'],
		'2114': ['签名错误', '请使用平台上为该账户登记的签名。'],
		'3001': ['主题为空', '只有彩信才有主题：请检查地址和参数。'],
		'9999': ['系统内部错误', '平台自身出错。再次发送前，请先确认第一条是否已发出。'],
	},
	trafficRecharge: {
		'0': ['已受理', NOTHING_TO_DO],
		'-1': ['号码无效', CHECK_PHONE],
		'-2': ['缺少必要参数', '请检查凭证中的 App ID 以及该 item 的参数：平台收到的其中之一为空。'],
		'-3': ['无效的 action', '该地址不认识此类请求。请检查凭证中的 Environment 与 Base URL。'],
		'-4': ['无效的 JSON', 'n8n 与平台之间有程序改动了请求。请检查凭证中的 Base URL 以及代理。'],
		'-100': [
			'服务器异常',
			'平台自身出错。查询可稍后再试；再次下单前，请先用 Account: Get Balance 确认没有扣费。',
		],
		'-101': [
			'非法参数',
			'请检查流量代码：该运营商和省份必须有此流量包，并已与平台约定。对于 Order: Get，请检查 Request ID，并且每分钟最多查询一次。',
		],
		'-102': ['非法手机号', CHECK_PHONE],
		'-200': ['用户不存在', '请检查凭证中的 Account SID：平台控制台中显示为 ACCOUNT SID。'],
		'-201': ['用户未激活', '请联系平台激活账户。'],
		'-202': [
			'包头验证失败',
			'请检查 n8n 服务器的时钟：误差须在几分钟以内，时区无关。然后检查凭证中的 Account SID。',
		],
		'-203': ['授权令牌错误', '请检查凭证中的 Auth Token：平台控制台中显示为 AUTH TOKEN。'],
		'-204': ['余额不足', '请在平台充值，然后重新下单。'],
		'-205': [
			'应用验证失败',
			'请检查凭证中的 App ID 与 Environment 是否匹配：测试应用用 Sandbox，自建应用用 Production。自建应用须已上线并开通流量功能，其 IP 白名单须为空或包含 n8n 的出口地址。',
		],
	},
};

/** @throws Explained that names what has no Chinese words yet */
export function codeInChinese(
	vendor: string,
	code: string,
): readonly [meaning: string, advice: string] {
	const words = CODES[vendor]?.[code];
	if (words === undefined) {
		throw new Explained(
			`${vendor} code ${code} has no Chinese words: write them in scripts/support/chinese.ts.`,
		);
	}
	return words;
}
