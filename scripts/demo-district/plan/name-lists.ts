/** Words for streets, as Chinese towns choose them: trees in the new town, virtues and trades in the old one. */
const words = (text: string): string[] => text.trim().split(/\s+/);

/** First parts of branch road names, by the quarter the road lies in. */
export const branchNames: Readonly<Record<string, readonly string[]>> = {
  城中: words(`学府 文苑 育才 崇文 书院 翰林 明德 和平 友谊 复兴 劳动 勤俭 健康 公园 府前 县前 税务桥 电厂 印染厂 粮库
    北园 后河 柳园 竹园 双井 五福 吉祥 康宁 安定 平安 长乐 同心 春晖 朝阳 向阳 东风 前进 红旗 跃进 丰乐 仁和 泰和 德胜 迎春`),
  河西: words(`玉兰 海棠 紫薇 合欢 芙蓉 茉莉 樱花 梧桐 枫林 翠竹 腊梅 石榴 杜鹃 月季 木槿 山茶 水杉 雪松 白杨 垂柳 桃花 杏花 丁香
    蔷薇 百合 红枫 广玉兰 龙柏 望江 听涛 观澜 春江`),
  城东: words(`迎春 体育场 会展 商贸 金融 创新 学林 星光 明珠 凤翔 龙腾 祥云 彩虹 晨光 东升 曙光 富康 福田 景园 丽景 东苑 嘉禾 锦绣
    文汇 世纪 丰泽 新韵 和悦 长虹 银河`),
  开发区: words(`创业 兴工 腾飞 开拓 精工 智造 众创 工匠 通达 顺达 宏业 兴园 科源 新材 动力 纺织 机电 物流 园区 拓展`),
  柳桥: words(`柳园 柳荫 新柳 集镇 供销 卫生院 柳芳 文化 农贸 柳岸 镇前 学堂 柳浪 丰柳`),
  石塘: words(`石井 石榴 石桥 石源 中塘 窑厂 镇南 镇中 粮管 水泥厂 青塘 石泉 石门 塘岸`),
  白马: words(`白鹭 白云 骏马 马头 马坊 集市 镇东 学前 新马 马兰 草场`),
  乡间: words(`东风 丰收 团结 联合 红星 光辉 新民 和合 永丰 胜丰 双庆 永胜 联丰 兴隆`),
};

/** Old lanes: what was sold there, who lived there, what stood there. */
export const laneNames: readonly string[] = words(`
  柳树 槐树 银杏 桂花 石榴 枣树 梨园 桃花 竹竿 芦席 草鞋 打铁 铜匠 银匠 木匠 篾匠 染坊 磨坊 油坊 酱园 糖坊 酒坊 豆腐 米市 鱼市 羊市 骡马市
  布市 纸坊 笔墨 书铺 盐店 茶馆 当铺 钱庄 药王庙 城隍庙 关帝庙 火神庙 水月庵 观音堂 白衣庵 文庙 魁星 贡院 学宫 考棚 状元 探花 进士 翰林
  尚书 都堂 将军 总兵 守备 府署 县学 仓廒 义仓 军器 马号 校场 鼓楼前 钟楼 谯楼 更楼 水关 东水门 西水门 瓮城 月城 吊桥 石桥头 板桥 双桥
  井栏 双眼井 四眼井 甜水井 苦水井 琉璃井 砚池 莲花 荷花 鸭子塘 鹅湖 月牙 半边 耳朵眼 羊肠 九道弯 一人 扁担 裤裆 葫芦 剪子 钥匙 香炉
  仁寿 延寿 长寿 福寿 安乐 太平 永宁 永庆 吉庆 有余 积善 乐善 慈惠 敦厚 忠义 孝子 清廉 谦让 和气 三元 五魁 六合 七星 八角 九如 十间
  王家 李家 张家 刘家 陈家 杨家 赵家 黄家 周家 吴家 徐家 孙家 朱家 马家 胡家 郭家 何家 高家 林家 罗家 郑家 梁家 谢家 宋家 唐家 许家 邓家
  韩家 冯家 曹家 彭家 曾家 萧家 田家 董家 潘家 袁家 蔡家 蒋家 余家 于家 杜家 叶家 程家 魏家 苏家 吕家 丁家 任家 沈家 姚家 卢家 傅家 钟家
`);

/** Workers' housing of the fifties to the eighties. */
export const rowNames: readonly string[] = words(`
  工人新村 纺织新村 机床厂宿舍 化肥厂宿舍 建设新村 红旗新村 朝阳新村 解放新村 教工新村 铁路新村 粮食新村 供电新村 邮电新村 棉纺新村
  和平新村 友谊新村 跃进新村 胜利新村 光明新村 东风新村 团结新村 永红新村 新民新村  农机厂宿舍 酒厂宿舍
  丝厂新村 航运新村 轴承厂宿舍 运河新村 北门新村 南园新村 东园新村 西园新村 长征新村 曙光新村 幸福新村 星火新村
`);

/** Walled estates of the last thirty years. */
export const estateNames: readonly string[] = words(`
  锦绣花园 金桂苑 香樟园 碧水湾 江畔花城 云溪公馆 丽景苑 阳光城 世纪名都 翠竹苑 和谐家园 滨江豪庭 湖畔春天 枫林雅苑 御景园 紫薇花园
  玉兰苑 名仕华庭 水岸新城 银杏苑 东湖花园 天润苑 嘉和园 盛世华庭 蓝天花苑 金色家园 半岛花园 凤凰城 学府花园 春江花月 龙湖苑 听雨轩
`);

export const newEstateNames: readonly string[] = words(
  `云溪新城 江湾新苑 桃源新居 丹桂新苑 香樟新苑 湖西新居 望江新苑 新城花苑 西溪新居 云水新苑 安和新苑 金桂新居`,
);

const digits = ['', '一', '二', '三', '四', '五', '六', '七', '八', '九'];

/** 1 to 99 in Chinese numerals: 三, 十, 十二, 二十一. */
export function numeral(count: number): string {
  const tens = Math.floor(count / 10);
  return `${tens > 1 ? (digits[tens] ?? '') : ''}${tens > 0 ? '十' : ''}${digits[count % 10] ?? ''}`;
}
