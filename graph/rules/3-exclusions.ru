# Who is left out of a holder class although one might expect it there: exclusions x bodies x areas x time.
PREFIX dg: <https://w3id.org/dutygraph/def#>
PREFIX prov: <http://www.w3.org/ns/prov#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
PREFIX link: <https://w3id.org/dutygraph/graph/links#>

INSERT { GRAPH <https://w3id.org/dutygraph/graph/derived> {
  ?membership a dg:ClassExclusion ; dg:excludedFrom ?class ; dg:excluded ?body ; dg:forArea ?area ; dg:byExclusion ?rule ;
    dg:capacity ?bodyCapacity ; dg:validFrom ?from ; dg:validUntil ?until ;
    dg:basis ?basis ; dg:evidence dg:Derived ; prov:wasDerivedFrom ?rule, ?capacity } }
WHERE {
  {
    SELECT DISTINCT ?rule ?class ?areaKind ?kind ?nation ?ruleFrom ?ruleUntil WHERE {
      ?rule a dg:Exclusion ; dg:excludedFrom ?class ; dg:bodyKind ?wideKind ; dg:appliesIn ?nation .
      ?filling dg:fills ?class ; dg:areaKind ?wideAreaKind .
      ?kind rdfs:subClassOf* ?wideKind .
      ?areaKind rdfs:subClassOf* ?wideAreaKind .
      OPTIONAL { ?rule dg:validFrom ?ruleFrom }
      OPTIONAL { ?rule dg:validUntil ?ruleUntil }
    }
  }
  ?capacity dg:bodyKind ?kind ; dg:capacityOf ?body ; dg:area ?bodyArea .
  OPTIONAL { ?capacity dg:validFrom ?capFrom }
  OPTIONAL { ?capacity dg:attestedFrom ?capAttested }
  OPTIONAL { ?capacity dg:validUntil ?capUntil }
  OPTIONAL { ?capacity dg:capacity ?bodyCapacity }
  ?link link:bodyArea ?bodyArea ; link:how "touches" ; link:area ?area .
  OPTIONAL { ?link link:from ?linkFrom }
  OPTIONAL { ?link link:attested ?linkAttested }
  OPTIONAL { ?link link:until ?linkUntil }
  ?area a ?areaKind ; dg:nation ?nation .
  BIND(xsd:date("0001-01-01") AS ?always)
  BIND(xsd:date("9999-12-31") AS ?ever)
  BIND(COALESCE(?ruleFrom, ?always) AS ?f1)
  BIND(COALESCE(?capFrom, ?capAttested, ?always) AS ?f2)
  BIND(COALESCE(?linkFrom, ?linkAttested, ?always) AS ?f3)
  BIND(IF(?f1 > ?f2, ?f1, ?f2) AS ?f12)
  BIND(IF(?f12 > ?f3, ?f12, ?f3) AS ?start)
  BIND(COALESCE(?ruleUntil, ?ever) AS ?u1)
  BIND(COALESCE(?capUntil, ?ever) AS ?u2)
  BIND(COALESCE(?linkUntil, ?ever) AS ?u3)
  BIND(IF(?u1 < ?u2, ?u1, ?u2) AS ?u12)
  BIND(IF(?u12 < ?u3, ?u12, ?u3) AS ?end)
  FILTER(?start < ?end)
  BIND(IF(?start = ?always, ?nothing, ?start) AS ?from)
  BIND(IF(?end = ?ever, ?nothing, ?end) AS ?until)
  BIND(IRI(CONCAT("https://w3id.org/dutygraph/id/class-exclusion/", SUBSTR(SHA1(CONCAT(STR(?rule), "|", STR(?capacity), "|", STR(?area), "|", STR(?start), "|", STR(?end))), 1, 20))) AS ?membership)
  ?rule dg:basis ?basis .
}
