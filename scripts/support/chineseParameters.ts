/**
 * The Chinese of the descriptions of parameters and their choices, by the English ones. The interface in
 * n8n is English only, so these texts are nowhere else: the Chinese docs draw them.
 */
import { Explained } from '../../test/harness/failure';

export const CHINESE_PARAMETERS: Readonly<Record<string, string>> = {
	'Card numbers, ICCIDs, IMSIs or IMEIs, separated by commas, spaces, semicolons or new lines, and ranges of equally long numbers. At most 100,000 cards.':
		'卡号、ICCID、IMSI 或 IMEI，以逗号、空格、分号或换行分隔，也可以是长度相同的号段。最多 100,000 张卡。',
	'What to get of each card, a request each. The fewer, the faster. None chosen means all.':
		'查询每张卡的哪些内容，每项一个请求。项目越少越快。不选表示全部。',
	'One card, by its card number, ICCID, IMSI or IMEI': '一张卡：卡号、ICCID、IMSI 或 IMEI',
	'What to ask for. Fewer fields may answer faster. None chosen means all.':
		'查询哪些内容。项目少时响应可能更快。不选表示全部。',
	'What stands above the report. Left empty, it says that it is a fleet report.':
		'报告上方的标题。留空时注明这是卡群报告。',
	'Which files go with the item. None chosen means all.': '随 item 给出哪些文件。不选表示全部。',
	'The file report, for a mail, a browser or paper': '文件 report，用于邮件、浏览器或打印',
	'The file table, which Excel opens with all digits and characters intact':
		'文件 table，Excel 打开后数字和字符完整无缺',
	'One of the last 12 months, counted in China. Last Month (lastMonth) stays the month before, also in a scheduled report. An expression gives yyyy-MM, e.g. {{ $now.toFormat("yyyy-MM") }}. A moment in a zone east of China may be in the month before.':
		'最近 12 个月之一，按中国时间计算。Last Month（lastMonth）始终是上个月，定时报告中也是如此。表达式给出 yyyy-MM，例如 {{ $now.toFormat("yyyy-MM") }}。中国以东时区的时刻可能仍属上个月。',
	'Max number of results to return': '最多返回多少条结果',
	'What the message is known by: the field sendKey in the output of the send operation':
		'短信的标识：发送操作输出的 sendKey 字段',
	'The 13-digit number of an IoT card, or a phone number in mainland China':
		'物联网卡的 13 位卡号，或中国大陆的手机号',
	'Whether the recipient is an IoT card or an ordinary phone': '接收方是物联网卡还是普通手机',
	'Text of the message, up to 130 characters unless the options allow more':
		'短信内容，最多 130 个字符，除非在选项中允许更长',
	'How the content is coded: the message format of the CMPP protocol':
		'内容的编码：CMPP 协议的信息格式',
	'Text in any language': '任何语言的文字',
	'Bytes for a device': '给设备的字节',
	'English letters, digits and signs': '英文字母、数字和符号',
	'Text with Chinese characters of the GB set': '含 GB 汉字的文字',
	'Another number of a CMPP format': 'CMPP 格式的其他编号',
	'Number of the format in the CMPP protocol': 'CMPP 协议中的格式编号',
	'The 13-digit number of the IoT card in the device': '设备中物联网卡的 13 位卡号',
	'Mobile country code: 460 is China': '移动国家码：460 为中国',
	'Carrier that runs the base station': '基站所属的运营商',
	'Location area code of the base station, as a decimal number': '基站的位置区码，十进制数',
	'Number of the base station in its area, as a decimal number': '基站在其位置区中的编号，十进制数',
	'One or many IMEI or ICCID, separated by commas, spaces or new lines. Those of all input items share requests.':
		'一个或多个 IMEI 或 ICCID，以逗号、空格或换行分隔。所有输入 item 的标识共用请求。',
	'Whether to ask the carrier for the data of this moment, which is slow. Otherwise it is as of the end of yesterday.':
		'是否向运营商查询此刻的数据，速度较慢。否则为截至昨天的数据。',
	'Whether to return a simplified version of the response instead of the raw data: typed, with readable names and units':
		'是否返回简化后的输出而不是原始数据：带类型、名称易懂并标明单位',
	'How many requests to run at the same time. Left at 0, it is automatic: as many as the platform takes without slowing down.':
		'同时发出多少个请求。为 0 时自动：在平台不变慢的前提下尽可能多。',
	'Milliseconds between the starts of two requests, to stay below a rate limit':
		'两个请求开始时间之间的毫秒数，用于不超过频率限制',
	'Milliseconds to wait for the platform before giving up on a request':
		'等待平台响应的毫秒数，超过后放弃该请求',
	'Language of the page and of the table': '网页和表格的语言',
	'A card with less than this part of its plan left is low': '套餐剩余低于此百分比的卡算余量不足',
	'A card with so many days left, or fewer, is expiring': '剩余天数不超过此数的卡算即将到期',
	'How many of the cards that use most to name': '列出用量最多的多少张卡',
	'Whether to put the page into the field html, too, for nodes that take a text. An AI agent gets the figures only.':
		'是否把网页也放入 html 字段，供接受文本的节点使用。AI agent 只得到数字。',
	'Whether to send content of more than 130 characters, the limit in the document of the platform. The platform may refuse it, cut it, or bill it as several messages.':
		'是否发送超过 130 个字符（平台文档规定的上限）的内容。平台可能拒绝、截断，或按多条计费。',
	'What the message is known by. Left empty, one is made of the execution, the item and the message, and no retry sends it twice. Your own has 10 to 16 letters and digits, and the platform refuses one that was used before, in a retry too.':
		'短信的标识。留空时由执行、item 和短信内容生成，任何重试都不会再次发送。自定的标识为 10 到 16 位字母和数字；用过的标识平台会拒绝，重试时也是如此。',
	'How many seconds to wait at most. What is not known by then comes out as pending, with timedOut. Set it to 0 to look once.':
		'最多等待多少秒。届时仍未知的结果以 pending 输出，并带有 timedOut。设为 0 则只查询一次。',
	'How many seconds to wait before each look at what became of the message':
		'每次查询短信结果之前等待多少秒',
	'Path for received messages, if the platform gave you another one than its document prints':
		'接收短信的路径，仅当平台给出的路径与其文档不同时填写',
	'How many seconds to wait for the result. After that, the last known one comes out.':
		'等待结果的秒数。超过后输出最近一次已知的结果。',
	'What starts the workflow, an item each. None chosen means all. The fewer, the fewer requests: only what they need is asked.':
		'什么事件启动工作流，每个事件一个 item。不选表示全部。条件越少请求越少：只查询所需的内容。',
	'The card was online and is no longer': '卡片原本在线，现已不在线',
	'The card was offline and is online again': '卡片原本离线，现已恢复在线',
	'The card has another status, such as suspended instead of normal':
		'卡片状态改变，例如由正常变为停机',
	'The card is in a device with another IMEI: it may have been stolen':
		'卡片在另一个 IMEI 的设备中：可能被盗用',
	'The card has another IP address': '卡片的 IP 地址改变',
	'So much of the plan is used, or more. Once a month.': '已用流量达到套餐的设定百分比。每月一次。',
	'So much data is left, or less. Once a month.': '剩余流量不超过设定值。每月一次。',
	'The plan ends in so many days, or fewer. Once for each end date.':
		'套餐在设定天数内到期。每个到期日一次。',
	'The card has used no data for so many days: its device may have died. Once until it uses some again.':
		'卡片连续设定天数没有使用流量：设备可能已损坏。再次使用流量之前只通知一次。',
	'The platform no longer knows the card': '平台不再认识该卡片',
	'Percent of the plan. Told once a month.': '套餐的百分比。每月通知一次。',
	'Megabytes left. Told once a month.': '剩余的 MB 数。每月通知一次。',
	'Days until the plan ends; 0 is its last day. Told once for each end date.':
		'距套餐结束的天数；0 为最后一天。每个到期日通知一次。',
	'Days without any use of data. Told once, and again only after data was used in between.':
		'没有使用流量的天数。只通知一次，其间再次使用流量后才会再通知。',
	'What to do with what holds already when a card is looked at for the first time':
		'首次查询某张卡时，对当时已经成立的情况如何处理',
	'Only remember it': '只作记录',
	'Start the workflow with it. What has changed before nobody knows: changes are not reported.':
		'启动工作流。此前发生的变化无从得知，因此不会通知变化。',
	'Which cards start the workflow. The platform reports every day at midnight in China; its console can push again: Information Query > Data Information > Push Alerts and Warnings (信息查询 > 流量信息 > 推送报警/预警通知).':
		'哪些卡启动工作流。平台每天 0 时（中国时间）推送；也可在其控制台手动再次推送：信息查询 > 流量信息 > 推送报警/预警通知。',
	'Every card that the platform reports': '平台推送的每张卡',
	'Cards that have reached the warning or the alert threshold': '达到预警或报警阈值的卡',
	'Cards that have reached the alert threshold': '达到报警阈值的卡',
	'Addresses that may send pushes, comma-separated: IPv4 and IPv6, single or as CIDR blocks. Leave empty to allow all. Behind a reverse proxy, n8n takes the address of the proxy for the sender: set the environment variable N8N_PROXY_HOPS to the number of proxies where n8n is started (with Docker: -e N8N_PROXY_HOPS=1), and restart n8n.':
		'允许推送的地址，以逗号分隔：IPv4 和 IPv6，单个地址或 CIDR 网段。留空则允许所有地址。位于反向代理之后时，n8n 会把代理的地址当作发送方：请在启动 n8n 的地方把环境变量 N8N_PROXY_HOPS 设为代理的层数（Docker：-e N8N_PROXY_HOPS=1），并重启 n8n。',
	'Whether to drop records that arrived before: platforms send a push again when the answer got lost on its way. A later status of the same message is another record, and passes.':
		'是否丢弃此前到达过的记录：应答在途中丢失时，平台会再次推送。同一条短信后续的新状态是另一条记录，会放行。',
	'How many hours old the signature of a push may be, by its requesttime, so that nobody can send an old push again. Set it to 0 to take pushes of any age.':
		'推送的签名（按其 requesttime）最多可以早多少小时，使旧的推送不能再次使用。设为 0 则不限。',
	'Whether to pass on only one event for each card, level and billing cycle. The platform repeats its alerts every day. A warning that becomes an alert is passed on.':
		'对每张卡、每个级别、每个计费周期是否只放行一个事件。平台每天重复其告警。预警变为报警时会放行。',
	'Which events start the workflow': '哪些事件启动工作流',
	'A message that was sent has been delivered, or has failed': '发出的短信已送达或失败',
	'A card or a phone has sent a message': '卡片或手机发来短信',
	'Phone numbers as a send operation would get them, one or thousands, separated by commas, semicolons, spaces or line breaks. What is no number comes out with the reason.':
		'与发送操作相同的手机号，一个或数千个，以逗号、分号、空格或换行分隔。不是号码的内容会连同原因一起输出。',
	'Text of the message, up to 70 characters for one SMS, signature included. A longer one is billed as several of 67 characters each.':
		'短信内容，含签名 70 个字符以内为一条。更长的按每条 67 个字符计费。',
	'Your name as registered at the platform, which wants it in 【】 at the end of each message. Write it without the brackets. Leave empty when Content ends with it already.':
		'在平台登记的签名，平台要求每条短信以【】中的签名结尾。填写时不带括号。Content 末尾已有签名时留空。',
	'Which interface of the platform sends it: this decides which numbers are taken':
		'由平台的哪个接口发送：这决定接受哪些号码',
	'As Send: phones in any country, with country code': '同 Send：任何国家的手机，带国家代码',
	'As Send Domestic: phones in mainland China': '同 Send Domestic：中国大陆的手机',
	'Phone numbers, one or thousands, separated by commas, semicolons, spaces or line breaks: with their country code, or without one for the domestic route. A repeated number counts once.':
		'手机号，一个或数千个，以逗号、分号、空格或换行分隔：带国家代码，国内通道可不带。重复的号码只算一次。',
	'Phone number of the person to ask, one: with its country code, or without one for the domestic route':
		'被询问者的一个手机号：带国家代码，国内通道可不带',
	'What to ask. What to answer, and how, is added to it.': '要问的问题。如何答复会自动附在其后。',
	'Your name as registered at the platform, which wants it in 【】 at the end of each message. Write it without the brackets. It goes to the end of the SMS, behind the link; so does one that Message ends with.':
		'在平台登记的签名，平台要求每条短信以【】中的签名结尾。填写时不带括号。它放在短信末尾、链接之后；Message 末尾已有的签名也是如此。',
	'What the person may answer': '对方可以怎样答复',
	'One or two buttons': '一个或两个按钮',
	'A text': '一段文字',
	'How many buttons there are, and what is on them': '有几个按钮，上面写什么',
	'Whether there is a way to decline': '是否可以拒绝',
	'At most 20 characters. Left empty, it is Approve or Decline, or the same in Chinese.':
		'最多 20 个字符。留空为 Approve 或 Decline，或相应的中文。',
	'How the person answers. A reply by SMS needs a workflow with the SMS Platform Trigger (or its polling twin) in this n8n, published, with Resume Waiting on.':
		'对方如何答复。用短信答复时，这个 n8n 中须有已发布的、带 SMS Platform Trigger（或其轮询版本）且开启 Resume Waiting 的工作流。',
	'A page with buttons: this n8n must be reachable': '带按钮的网页：手机必须能访问这个 n8n',
	'A code to send back': '回复一个代码',
	'Whichever comes first': '先到者为准',
	'Mobile numbers in mainland China, one or thousands, with or without 86 in front, separated by commas, semicolons, spaces or line breaks. A repeated number counts once.':
		'中国大陆的手机号，一个或数千个，前面可带 86，以逗号、分号、空格或换行分隔。重复的号码只算一次。',
	'Phone numbers with their country code, one or thousands, separated by commas, semicolons, spaces or line breaks. A repeated number counts once.':
		'带国家代码的手机号，一个或数千个，以逗号、分号、空格或换行分隔。重复的号码只算一次。',
	'Which of the two services sends the message': '由两种服务中的哪一种发送',
	'For phones outside of mainland China': '发往中国大陆以外的手机',
	'For phones in mainland China and abroad in one list': '同一列表中既有中国大陆也有境外的手机',
	'Which of the two interfaces of the platform to ask. Both have the same rows, of which XML tells more. Use JSON only if the platform enabled just that for you.':
		'使用平台两个接口中的哪一个。两者的数据相同，XML 的内容更多。仅当平台只为您开通 JSON 时才使用 JSON。',
	'The password to set at the platform, at most 20 characters':
		'要在平台上设置的密码，最多 20 个字符',
	'When the platform should send the message, e.g. 2030-05-01 09:00:00. Without a UTC offset the time is in the time zone of the workflow. Leave empty to send at once.':
		'平台何时发送，例如 2030-05-01 09:00:00。不带 UTC 偏移时按工作流的时区。留空则立即发送。',
	'1 to 5 digits that are put behind the number of the sender, e.g. 01. Replies and reports come back with them, which tells campaigns apart. Leave empty unless the platform enabled it for your channel.':
		'附在发送号码之后的 1 到 5 位数字，例如 01。回复和状态报告会带回它，便于区分不同的群发。平台没有为您的通道开通时请留空。',
	'How the text is declared to the platform, which so far supports Unicode only. Leave it as it is unless the platform tells you otherwise.':
		'向平台声明的文字编码，平台目前只支持 Unicode。除非平台另有说明，请保持不变。',
	'How long to wait for an answer: after that it counts as not approved, with timedOut. n8n looks once a minute. Without it, the execution waits for ever.':
		'等待答复多久：超过后按未同意处理，并带有 timedOut。n8n 每分钟检查一次。没有时限则一直等待。',
	'What ends the waiting': '以什么结束等待',
	'The time to wait': '等待的时长',
	'Of the time to wait': '等待时长的单位',
	'The last moment for an answer. Without a UTC offset it is in the time zone of the workflow.':
		'接受答复的最后时刻。不带 UTC 偏移时按工作流的时区。',
	'Of what is added to the message. The page is in the language of its reader.':
		'附加在短信中的说明的语言。网页按其读者的语言显示。',
	'Chinese for the domestic route, else English': '国内通道用中文，否则用英文',
	'Only reports of one sending: the taskId that a send operation put out. Leave empty for all.':
		'只查询某次发送的状态报告：发送操作输出的 taskId。留空则查询全部。',
	'A message has been delivered, or has failed': '短信已送达或失败',
	'A phone has sent a message back': '手机发回短信',
	'Whether a reply that carries the code of a message sent by Send and Wait for Response resumes the execution that waits for it. The item says which: resumedExecution. Pushed replies need a Push Token in the credential.':
		'带有 Send and Wait for Response 询问代码的回复，是否使等待它的执行继续。其 item 用 resumedExecution 说明是哪次执行。推送来的回复需要在凭证中设置 Push Token。',
	'The request ID that the order got when it was submitted': '订单提交时得到的请求 ID',
	'Mobile number in mainland China that gets the data': '接收流量的中国大陆手机号',
	'How to say what to order': '用哪种方式指定要订购的流量',
	'Choose carrier, size, province and type': '选择运营商、大小、省份和类型',
	'Use a code that the platform gave you': '使用平台给您的代码',
	'Network of the phone. Ask or look it up: numbers keep their prefix when they change carrier, and a wrong one costs money or fails.':
		'手机号所属的网络。请询问或查询：携号转网后号段不变，选错会白花钱或失败。',
	'Size of the package; carrier and contract decide which exist. An expression gives the megabytes (1024 for 1 GB) or a text with a unit, e.g. 2 GB.':
		'流量包大小；有哪些取决于运营商和合同。表达式可给出 MB 数（1 GB 为 1024）或带单位的文本，例如 2 GB。',
	'Another size, to be filled in below': '其他大小，在下方填写',
	'Size of the package in megabytes, or with a unit, e.g. 2 GB':
		'流量包大小，以 MB 为单位，或带单位，例如 2 GB',
	'Where the package is sold: nationwide, or the home province of the number':
		'流量包的销售范围：全国，或号码的归属省份',
	'Kind of the package: Standard, unless your contract with the platform has others':
		'流量包类型：一般为 Standard（标准包），除非您与平台的合同另有约定',
	'Where the data can be used': '流量可以在哪里使用',
	'Code of the package, sent as it is. The output says what it stands for.':
		'流量包代码，按原样发送。输出会说明其含义。',
	'Code to explain, such as 1QG00102410': '要解释的代码，例如 1QG00102410',
	'Your own order number, the same for the same order whenever it is tried: Prevent Duplicates goes by it, and the status push brings it back. Leave empty to have one made, which holds within an execution and its retries; an expression must give one for each item.':
		'您自己的订单号，同一订单无论何时尝试都相同：Prevent Duplicates 以它为准，状态推送也会带回它。留空时自动生成，仅在一次执行及其重试内有效；使用表达式时每个 item 都必须得出一个值。',
	'Whether to refuse an order whose Custom Parameter this workflow has submitted before (of the last 5,000). Without a Custom Parameter, only retries of an execution are refused. The platform itself charges every order.':
		'是否拒绝 Custom Parameter 在本工作流中已提交过的订单（最近 5,000 个）。没有 Custom Parameter 时，只拒绝同一次执行的重试。平台自身对每个订单都扣费。',
	'Refuse orders of more megabytes than this. An AI agent cannot change it, and when left out, a tool of one refuses more than 1024. Codes that do not tell their size are refused, too.':
		'拒绝超过此 MB 数的订单。AI agent 无法更改；不填时，agent 的工具拒绝超过 1024 的订单。看不出大小的代码也会被拒绝。',
	'Refuse more orders than this in one execution, all items and all calls of an AI agent counted. An agent cannot change it, and when left out, a tool of one places 1.':
		'一次执行中拒绝超过此数的订单，所有 item 和 AI agent 的所有调用都计算在内。agent 无法更改；不填时，agent 的工具只下一笔。',
	'How many seconds to wait for the end of each order. The platform can be asked once a minute.':
		'等待每个订单结束的秒数。平台每分钟可查询一次。',
	'Number of your company at the platform (第三方平台编码, partnercode)':
		'贵公司在平台的编号（第三方平台编码，partnercode）',
	'Number of your service at the platform (业务编码, servicecode)':
		'贵公司业务在平台的编号（业务编码，servicecode）',
	'Password of the interface (接口密码, password), not the one that you sign in to the console with':
		'接口密码（password），不是登录控制台的密码',
	'Address of the platform. Leave it as it is, unless the platform gave you another one. It may carry a path.':
		'平台的地址。除非平台给了您另一个地址，请保持不变。可以带路径。',
	'How the text of SMS enters the signature. Change it only if SMS with special characters are refused with code 0013.':
		'短信内容以何种形式参与签名。仅当含特殊字符的短信被以代码 0013 拒绝时才更改。',
	'Sign the text as it is sent, URL-encoded': '对发送的形式签名，即 URL 编码之后',
	'Sign the text before it is URL-encoded': '对 URL 编码之前的文字签名',
	'Whether to connect even if SSL certificate validation is not possible':
		'SSL 证书无法验证时是否仍然连接',
	'Account that sends (用户帐号, account). The platform advises one of its own for SMS within China, as reports and replies come by account.':
		'发送短信的账号（用户帐号，account）。平台建议国内短信另用一个账号，因为状态报告和回复按账号返回。',
	'Password of the account (帐号密码, password), as it was given to you':
		'账号的密码（帐号密码，password），按平台给出的原样填写',
	'How the password is sent. Change it only if the platform says that a right password is wrong. SOAP and the change of the password always send it as it is.':
		'密码以何种形式发送。仅当平台说正确的密码有误时才更改。SOAP 和修改密码始终按原样发送。',
	'Send its MD5 hash, as the document of the platform says': '发送其 MD5，与平台文档一致',
	'Send it as it is': '按原样发送',
	'Number of your company at the platform (企业ID, userid). The platform does not check it, so it may stay empty.':
		'企业 ID（userid）。平台不验证，可以留空。',
	'Only for the SMS Platform Trigger: letters and digits of your choice, which prove that a push is from the platform. The push address (推送地址) at the platform must then end in ?token= and these.':
		'仅用于 SMS Platform Trigger：您自选的字母和数字，用于证明推送来自平台。平台上的推送地址须以 ?token= 加上这些字符结尾。',
	'Which platform to use. The App ID must belong to it.':
		'使用哪个平台环境。App ID 必须属于该环境。',
	'The real platform: orders cost money': '正式环境：订单会扣费',
	'The test platform, for the test application (测试应用). It pushes nothing to the trigger.':
		'沙箱环境，用于测试应用。它不会向触发器推送。',
	'Another address, such as a proxy or a simulator': '其他地址，例如代理或模拟平台',
	'Address of the proxy or the simulator. It may carry a path.':
		'代理或模拟平台的地址。可以带路径。',
	'The value that the console shows as ACCOUNT SID': '控制台中显示为 ACCOUNT SID 的值',
	'The value that the console shows as AUTH TOKEN': '控制台中显示为 AUTH TOKEN 的值',
	'ID of an application with the traffic function (流量功能). One of your own works when it is online, and when its IP allowlist (IP白名单) is empty or holds the address of this n8n.':
		'包含流量功能的应用的 ID。自建应用须已上线，且其 IP 白名单为空或包含这个 n8n 的地址。',
	'Only for the Traffic Recharge Trigger: letters and digits of your choice, which prove that a push is from the platform. The callback address (回调地址) at the platform must then end in ?token= and these.':
		'仅用于 Traffic Recharge Trigger：您自选的字母和数字，用于证明推送来自平台。平台上的回调地址须以 ?token= 加上这些字符结尾。',
};

/** @throws Explained that names what has no Chinese words yet */
export function parameterInChinese(english: string): string {
	const words = Object.hasOwn(CHINESE_PARAMETERS, english)
		? CHINESE_PARAMETERS[english]
		: undefined;
	if (words === undefined) {
		throw new Explained(
			`"${english}" has no Chinese words: write them in scripts/support/chineseParameters.ts.`,
		);
	}
	return words;
}
