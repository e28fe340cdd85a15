import { expect } from 'chai';
import { describeColumns, guessColumns, pickFields } from '../../../api/interop/files/columns.ts';
import { Problem } from '../../../api/problems.ts';

/** Field to column, without how. */
const columnsOf = (guess: { fields: object }): Record<string, string> =>
  Object.fromEntries(
    Object.entries(guess.fields).map(([field, { column }]: [string, { column: string }]) => [field, column]),
  );

describe('column guessing', () => {
  it('takes the columns of our own files by name', () => {
    const columns = [
      'external_id',
      'name',
      'role',
      'organisation',
      'phone',
      'party_branch',
      'party_member',
      'zone_code',
    ];
    const guess = guessColumns('chiefs', columns);
    expect(Object.keys(guess.fields)).to.have.members(columns);
    expect(new Set(Object.values(guess.fields).map(({ how }) => how))).to.deep.equal(new Set(['same']));
    expect(guess.unused).to.deep.equal([]);
  });

  const spelt: [
    kind: 'roads' | 'zones' | 'chiefs' | 'assignments' | 'issues',
    columns: string[],
    expected: Record<string, string>,
  ][] = [
    [
      'roads',
      ['@id', 'highway', 'name', 'name:zh', 'oneway'],
      { external_id: '@id', class: 'highway', name: 'name', oneway: 'oneway' },
    ],
    ['roads', ['道路编号', '道路名称', '等级'], { external_id: '道路编号', name: '道路名称', class: '等级' }],
    [
      'roads',
      ['osm_id', 'fclass', 'NAME', 'oneway', 'layer'],
      { external_id: 'osm_id', class: 'fclass', name: 'NAME', oneway: 'oneway', layer: 'layer' },
    ],
    ['roads', ['OBJECTID', 'STREET_ID', 'Street Name'], { external_id: 'STREET_ID', name: 'Street Name' }],
    ['roads', ['OBJECTID', 'street'], { external_id: 'OBJECTID', name: 'street' }],
    ['zones', ['XZQDM', 'XZQMC'], { code: 'XZQDM', name: 'XZQMC' }],
    [
      'zones',
      ['VILLCODE', 'TOWNCODE', 'VILLNAME', 'TOWNNAME'],
      { code: 'VILLCODE', parent_code: 'TOWNCODE', name: 'VILLNAME' },
    ],
    [
      'zones',
      ['代码', '上级代码', '级别', '名称'],
      { code: '代码', parent_code: '上级代码', level: '级别', name: '名称' },
    ],
    [
      'chiefs',
      ['序号', '姓名', '职务', '工作单位', '联系电话', '是否党员'],
      {
        external_id: '序号',
        name: '姓名',
        role: '职务',
        organisation: '工作单位',
        phone: '联系电话',
        party_member: '是否党员',
      },
    ],
    [
      'assignments',
      ['道路编号', '起点', '终点', '侧别', '角色', '路长编号', '生效日期'],
      {
        road_external_id: '道路编号',
        from_m: '起点',
        to_m: '终点',
        sides: '侧别',
        role: '角色',
        chief_external_id: '路长编号',
        valid_from: '生效日期',
      },
    ],
    [
      'issues',
      ['案件编号', '经度', '纬度', '问题描述', '上报时间'],
      { external_id: '案件编号', lon: '经度', lat: '纬度', text: '问题描述', reported_at: '上报时间' },
    ],
    ['issues', ['X', 'Y', 'Description'], { lon: 'X', lat: 'Y', text: 'Description' }],
  ];
  for (const [kind, columns, expected] of spelt)
    it(`reads ${kind} from ${columns.join(', ')}`, () => {
      expect(columnsOf(guessColumns(kind, columns))).to.deep.equal(expected);
    });

  it('prefers name to name:zh, and falls back on it', () => {
    expect(columnsOf(guessColumns('roads', ['name:zh', 'name'])).name).to.equal('name');
    expect(columnsOf(guessColumns('roads', ['name:en', 'name:zh'])).name).to.equal('name:zh');
  });

  it('lets a column serve one field only', () => {
    const used = Object.values(columnsOf(guessColumns('zones', ['街道代码', '名称'])));
    expect(used).to.deep.equal(['街道代码', '名称']);
  });

  it('knows names that a .dbf has cut to ten bytes', () => {
    expect(columnsOf(guessColumns('assignments', ['road_exter', 'chief_exte']))).to.deep.equal({
      road_external_id: 'road_exter',
      chief_external_id: 'chief_exte',
    });
    expect(columnsOf(guessColumns('roads', ['道路编', '道路名']))).to.deep.equal({
      external_id: '道路编',
      name: '道路名',
    });
    expect(guessColumns('chiefs', ['organizati']).fields.organisation!.how).to.equal('cut');
  });

  it('lets what was given win, and says so', () => {
    const guess = guessColumns('roads', ['name', '路名', 'highway'], { name: '路名' });
    expect(guess.fields.name).to.deep.equal({ column: '路名', how: 'given' });
    expect(describeColumns(guess)).to.deep.equal([
      'name ← 路名 (given)',
      'class ← highway (guessed)',
      'not used: name',
    ]);
  });

  it('refuses a field or a column that does not exist, naming those that do', () => {
    expect(() => guessColumns('roads', ['name'], { nmae: 'name' }))
      .to.throw(Problem, 'no field "nmae"')
      .with.property('hint')
      .that.includes('external_id');
    expect(() => guessColumns('roads', ['name'], { name: '路名' }))
      .to.throw(Problem, 'no column "路名"')
      .with.property('hint', 'It has: name.');
  });

  it('picks the values of a row, null for what is not there, and a tag the first rows did not show', () => {
    const guess = guessColumns('roads', ['@id', 'highway', 'name']);
    expect(pickFields(guess, 'roads', { '@id': 'way/1', highway: 'primary', name: null, layer: '1' })).to.deep.equal({
      external_id: 'way/1',
      name: null,
      other_names: null,
      class: 'primary',
      status: null,
      oneway: null,
      layer: '1',
    });
  });
});
